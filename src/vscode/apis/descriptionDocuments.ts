import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { DocumentReader } from '../../core/openapi/loadDescription';
import { readFileText } from '../requests/fileTexts';

export interface DocumentSources {
  /**
   * A document of the web, asked for without credentials.
   * @throws LatchkeyError when it cannot be had.
   */
  readonly fetch: (url: string, signal: AbortSignal) => Promise<string>;
  /** Rejects where links lead out of the folder, or to a file that is never read. */
  readonly requireInside: (folder: string, path: string) => Promise<void>;
}

/**
 * Reads the documents of one description. What it refers to is read only where it is itself: a file in its workspace
 * folder or, outside of one, in its own folder; a web address at its own origin. So no description leads to what the
 * person who opened it did not mean.
 */
export class DescriptionDocuments implements DocumentReader {
  /** Web addresses stay texts: VS Code's URIs would write their queries in another way. */
  readonly #root: string;
  readonly #sources: DocumentSources;
  readonly #signal: AbortSignal;

  constructor(root: string, sources: DocumentSources, signal: AbortSignal) {
    this.#root = root;
    this.#sources = sources;
    this.#signal = signal;
  }

  label(uri: string): string {
    return documentLabel(uri);
  }

  async read(uri: string): Promise<string> {
    if (isWebAddress(this.#root)) {
      if (!isWebAddress(uri) || new URL(uri).origin !== new URL(this.#root).origin) throw this.#elsewhere(uri);
      return this.#sources.fetch(uri, this.#signal);
    }
    const file = vscode.Uri.parse(uri);
    if (uri !== this.#root) await this.#requireNear(file);
    const found = await readFileText(file);
    if (!found) throw new LatchkeyError('description.notThere', { file: documentLabel(uri) });
    return found.text;
  }

  async #requireNear(uri: vscode.Uri): Promise<void> {
    const root = vscode.Uri.parse(this.#root);
    const folder = vscode.workspace.getWorkspaceFolder(root)?.uri ?? vscode.Uri.joinPath(root, '..');
    const prefix = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
    const isNear = uri.scheme === root.scheme && uri.authority === root.authority && uri.path.startsWith(prefix);
    if (!isNear) throw this.#elsewhere(uri.toString());
    await this.#sources.requireInside(folder.toString(), uri.path.slice(prefix.length));
  }

  #elsewhere(uri: string): LatchkeyError {
    const [file, reference] = [documentLabel(this.#root), documentLabel(uri)];
    return new LatchkeyError('description.elsewhere', { file, reference });
  }
}

export function isWebAddress(uri: string): boolean {
  return /^https?:/i.test(uri);
}

/** What people know a document by. */
export function documentLabel(uri: string): string {
  return isWebAddress(uri) ? uri : vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

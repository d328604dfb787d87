import * as vscode from 'vscode';
import { LinkFinder, type Link } from '../../core/language/links';
import { resolvedUrl } from '../../core/language/resolvedUrl';
import { fileNamed } from './fileNamed';
import type { LanguageFiles } from './languageFiles';
import { PerDocument } from './perDocument';
import { whileCurrent } from './whileCurrent';
import { vsCodeRange } from './ranges';

/** A link whose target is worked out when somebody points at it. */
class RequestLink extends vscode.DocumentLink {
  readonly document: vscode.TextDocument;
  readonly request: string;

  constructor(range: vscode.Range, document: vscode.TextDocument, request: string) {
    super(range);
    this.document = document;
    this.request = request;
  }
}

/** Leads to the files that a file names, and to the resolved URLs of requests that only read. */
export class LinkProvider implements vscode.DocumentLinkProvider {
  readonly #files: LanguageFiles;
  readonly #finders = new PerDocument(() => new LinkFinder());

  constructor(files: LanguageFiles) {
    this.#files = files;
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[] | undefined> {
    const file = await this.#files.alone(document);
    const links = file && (await whileCurrent(document, this.#finders.of(document).links(file)));
    return links?.flatMap((link) => toVsCodeLink(document, link) ?? []);
  }

  async resolveDocumentLink(link: vscode.DocumentLink): Promise<vscode.DocumentLink> {
    if (!(link instanceof RequestLink)) return link;
    const file = (await this.#files.surrounded(link.document))?.file;
    const request = file?.requests?.requests.find(({ name }) => name === link.request);
    const href = file && request && resolvedUrl(file, request)?.href;
    if (href !== undefined) {
      link.target = vscode.Uri.parse(href);
      link.tooltip = vscode.l10n.t('Open {0} in the browser, without signing in', href);
    }
    return link;
  }
}

function toVsCodeLink(document: vscode.TextDocument, link: Link): vscode.DocumentLink | undefined {
  const range = vsCodeRange(document, link.range);
  if (link.kind === 'url') return new RequestLink(range, document, link.request);
  const target = fileNamed(document.uri, link.path);
  return target && new vscode.DocumentLink(range, target);
}

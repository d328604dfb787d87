import type { FileOutline } from './fileOutline';
import type { LanguageFileKind } from './occurrences';

/** A file of the workspace as it was read last. */
export interface IndexedFile {
  readonly kind: LanguageFileKind;
  readonly text: string;
  readonly outline: FileOutline;
}

/** The request files of a workspace, with the project files and `.env` files around them, by URI. */
export class RequestIndex {
  readonly #files = new Map<string, IndexedFile>();

  /** Adds a file, or replaces what was known of it. */
  set(uri: string, file: IndexedFile): void {
    this.#files.set(uri, file);
  }

  delete(uri: string): void {
    this.#files.delete(uri);
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files;
  }

  /** Of the request files, in no particular order. */
  get uris(): readonly string[] {
    return [...this.#files].flatMap(([uri, { kind }]) => (kind === 'request' ? uri : []));
  }

  /** Of a request file, or another file of the index. */
  outline(uri: string): FileOutline | undefined {
    return this.#files.get(uri)?.outline;
  }
}

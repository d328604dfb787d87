import { LatchkeyError } from '../errors';
import { workspacePath } from '../files/workspacePath';
import type { RequestEntry, RequestFile } from '../request/model';
import { nearest } from '../request/nearest';
import type { FilePlace, Site } from './site';

/** Reads another request file of a workspace folder; `undefined` when there is none, `'outside'` when a link leads out. */
export type ReadFilePlace = (folder: string, path: string) => Promise<FilePlace | 'outside' | undefined>;

export type FoundSite =
  | { readonly kind: 'found'; readonly site: Site }
  | { readonly kind: 'none'; readonly nearest: string | undefined }
  /** `files`: labels of the imported files that have such a request. */
  | { readonly kind: 'ambiguous'; readonly files: readonly string[] };

/** More are no imports that somebody wrote by hand. */
const MOST_FILES = 500;

/** Request files with those they import, and those with theirs. */
export class Library {
  readonly #places = new Map<string, FilePlace>();
  /** By URI of the importing file. */
  readonly #imported = new Map<string, readonly FilePlace[]>();
  /** Imports that brought nothing, as they are written, by URI of the importing file. */
  readonly #missing = new Map<string, ReadonlySet<string>>();
  /** Those of them that are not read because a link leads out of the workspace folder. */
  readonly #outside = new Map<string, ReadonlySet<string>>();

  readonly #requests = new WeakMap<RequestFile, ReadonlyMap<string, RequestEntry>>();

  /** Reads what the files import. A file that is not there brings nothing, which is told where it is used. */
  static async load(roots: readonly FilePlace[], read: ReadFilePlace): Promise<Library> {
    const library = new Library();
    for (const root of roots) library.#places.set(root.uri, root);
    const waiting = [...roots];
    for (let place = waiting.shift(); place; place = waiting.shift()) {
      const imported: FilePlace[] = [];
      const missing = new Set<string>();
      const outside = new Set<string>();
      for (const { name } of place.file.imports) {
        const path = importPath(place, name);
        const result = path === undefined ? undefined : await read(place.folder, path);
        if (result === 'outside') outside.add(name);
        const other = result === 'outside' ? undefined : result;
        if (!other) missing.add(name);
        const found = other && (library.#places.get(other.uri) ?? other);
        if (!found || found.uri === place.uri || imported.includes(found)) continue;
        imported.push(found);
        if (library.#places.has(found.uri) || library.#places.size >= MOST_FILES) continue;
        library.#places.set(found.uri, found);
        waiting.push(found);
      }
      library.#imported.set(place.uri, imported);
      library.#missing.set(place.uri, missing);
      library.#outside.set(place.uri, outside);
    }
    return library;
  }

  /** The request that a file means by a name: its own, else that of the one imported file that has it. */
  find(place: FilePlace, name: string): FoundSite {
    const own = this.#request(place, name);
    if (own) return { kind: 'found', site: { place, entry: own } };
    const imported = this.#imported.get(place.uri) ?? [];
    const sites = imported.flatMap((each) => {
      const entry = this.#request(each, name);
      return entry ? [{ place: each, entry }] : [];
    });
    const [site] = sites;
    if (!site) return { kind: 'none', nearest: nearest(name, namesIn([place, ...imported])) };
    if (sites.length === 1) return { kind: 'found', site };
    return { kind: 'ambiguous', files: sites.map((each) => each.place.label) };
  }

  /** Of a name that is there twice, which is a mistake, the first counts. */
  #request({ file }: FilePlace, name: string): RequestEntry | undefined {
    let byName = this.#requests.get(file);
    if (!byName) {
      byName = new Map(file.requests.toReversed().map((entry) => [entry.name, entry]));
      this.#requests.set(file, byName);
    }
    return byName.get(name);
  }

  /** Whether a file is not there that another one imports. */
  isMissing({ uri }: FilePlace, name: string): boolean {
    return this.#missing.get(uri)?.has(name) === true;
  }

  /** Whether a link makes an import lead out of the workspace folder. */
  isOutside({ uri }: FilePlace, name: string): boolean {
    return this.#outside.get(uri)?.has(name) === true;
  }
}

/** Where an import leads, relative to the workspace folder; `undefined` where nothing may be read. */
export function importPath({ directory }: Pick<FilePlace, 'directory'>, path: string): string | undefined {
  if (directory === undefined) return undefined;
  try {
    return workspacePath(directory, path);
  } catch (error) {
    if (error instanceof LatchkeyError) return undefined;
    throw error;
  }
}

function* namesIn(places: readonly FilePlace[]): Generator<string> {
  for (const { file } of places) for (const { name } of file.requests) yield name;
}

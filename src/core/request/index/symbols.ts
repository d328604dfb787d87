import type { TextRange } from '../diagnostic';
import type { Names } from './names';
import type { LanguageFileKind, Occurrence, SymbolKind } from './occurrences';

/** A file of the workspace with the names in it. */
export interface SymbolFile {
  readonly uri: string;
  readonly kind: LanguageFileKind;
  /** URI of the folder whose `latchkey.yaml` counts for it. */
  readonly project: string;
  /** URI of the workspace folder, whose secrets it names. */
  readonly folder: string;
  /** URIs of the request files that it imports, in order. */
  readonly imports: readonly string[];
  readonly names: Names;
}

export interface SymbolPlace {
  readonly uri: string;
  readonly occurrence: Occurrence;
}

/** A name with one meaning, and every place where it has it. */
export interface FoundSymbol {
  /** Tells it from others of the same name. */
  readonly id: string;
  readonly kind: SymbolKind;
  readonly name: string;
  readonly definitions: readonly SymbolPlace[];
  readonly uses: readonly SymbolPlace[];
}

/** Which names of a workspace mean the same. Only the names that are asked about are looked at. */
export class Symbols {
  readonly #files: ReadonlyMap<string, SymbolFile>;
  /** Ids of what is defined, by kind and name. */
  readonly #defined = new Map<string, ReadonlySet<string>>();

  constructor(files: readonly SymbolFile[]) {
    this.#files = new Map(files.map((file) => [file.uri, file]));
  }

  get files(): Iterable<SymbolFile> {
    return this.#files.values();
  }

  fileAt(uri: string): SymbolFile | undefined {
    return this.#files.get(uri);
  }

  /** The symbol whose name is at an offset; `undefined` when there is no name. */
  at(uri: string, offset: number): { readonly place: SymbolPlace; readonly symbol: FoundSymbol } | undefined {
    const found = this.#files.get(uri)?.names.all.find(({ range }) => contains(range, offset));
    if (!found) return undefined;
    const place = { uri, occurrence: found };
    return { place, symbol: this.#symbol(this.idOf(place), found) };
  }

  /** What a name means. Two places with the same id mean the same thing. */
  idOf({ uri, occurrence }: SymbolPlace): string {
    const file = this.#files.get(uri);
    if (!file) return '';
    if (occurrence.role === 'definition') return definitionId(file, occurrence);
    const candidates = useIds(file, occurrence);
    const defined = this.#definedAs(occurrence);
    return candidates.find((id) => defined.has(id)) ?? candidates.at(-1) ?? '';
  }

  #symbol(id: string, { kind, name }: Occurrence): FoundSymbol {
    const places = [...this.#placesOf(kind, name)].filter((place) => this.idOf(place) === id);
    const definitions = places.filter(({ occurrence }) => occurrence.role === 'definition');
    return { id, kind, name, definitions, uses: places.filter((place) => !definitions.includes(place)) };
  }

  #definedAs({ kind, name }: Occurrence): ReadonlySet<string> {
    const key = idFrom(kind, name);
    const known = this.#defined.get(key);
    if (known) return known;
    const ids = new Set<string>();
    for (const { uri, occurrence } of this.#placesOf(kind, name)) {
      const file = this.#files.get(uri);
      if (file && occurrence.role === 'definition') ids.add(definitionId(file, occurrence));
    }
    this.#defined.set(key, ids);
    return ids;
  }

  *#placesOf(kind: SymbolKind, name: string): Generator<SymbolPlace> {
    for (const { uri, names } of this.#files.values()) {
      for (const occurrence of names.named(kind, name)) yield { uri, occurrence };
    }
  }
}

function contains({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

function idFrom(kind: SymbolKind, ...scope: readonly string[]): string {
  return [kind, ...scope].join('\n');
}

function definitionId(file: SymbolFile, { kind, name, within, of }: Occurrence): string {
  switch (kind) {
    case 'variable':
      if (file.kind === 'project') return idFrom(kind, file.project, name);
      return within === undefined ? idFrom(kind, file.uri, name) : idFrom(kind, file.uri, within, name);
    case 'request':
      return idFrom(kind, file.uri, name);
    case 'capture':
      return idFrom(kind, file.uri, of ?? '', name);
    case 'input':
      return idFrom(kind, file.kind === 'project' ? file.project : file.uri, name);
    case 'connection':
    case 'environment':
    case 'env':
      return idFrom(kind, file.project, name);
    case 'secret':
      return idFrom(kind, file.folder, name);
  }
}

/** What a use can mean, nearest first; the last is what it means where nothing is defined. */
function useIds(file: SymbolFile, { kind, name, within, of }: Occurrence): readonly string[] {
  const files = [file.uri, ...file.imports];
  switch (kind) {
    case 'variable': {
      const ofRequest = within === undefined ? [] : [idFrom(kind, file.uri, within, name)];
      return [...ofRequest, idFrom(kind, file.uri, name), idFrom(kind, file.project, name)];
    }
    case 'input':
      return [idFrom(kind, file.uri, name), idFrom(kind, file.project, name)];
    case 'request':
      return [...files.map((uri) => idFrom(kind, uri, name)), idFrom(kind, file.uri, name)];
    case 'capture':
      return [...files.map((uri) => idFrom(kind, uri, of ?? '', name)), idFrom(kind, file.uri, of ?? '', name)];
    case 'connection':
    case 'environment':
    case 'env':
      return [idFrom(kind, file.project, name)];
    case 'secret':
      return [idFrom(kind, file.folder, name)];
  }
}

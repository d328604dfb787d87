import type { TextRange } from '../diagnostic';
import type { FileOutline } from './fileOutline';
import { symbolKey, type Occurrence, type RequestSymbol, type SymbolKind } from './symbols';

/** An occurrence with its file. */
export interface FoundOccurrence extends Occurrence {
  readonly uri: string;
  readonly range: TextRange;
}

/** Sorted by name when somebody asks: most files are replaced more often than that. */
class IndexedFile {
  readonly outline: FileOutline;
  #definitions: OccurrencesByKey | undefined;
  #uses: OccurrencesByKey | undefined;

  constructor(outline: FileOutline) {
    this.outline = outline;
  }

  get definitions(): OccurrencesByKey {
    return (this.#definitions ??= byKey(this.outline.definitions));
  }

  get uses(): OccurrencesByKey {
    return (this.#uses ??= byKey(this.outline.uses));
  }
}

type OccurrencesByKey = ReadonlyMap<string, readonly Occurrence[]>;

/**
 * What the request files of a workspace define and use. Files are added, replaced and taken out one by one. It goes by
 * names alone: which of several definitions a use means is for the resolver (`describeVariable`), and a capture belongs
 * to a file, so that a search for one is narrowed to the files that can mean it.
 */
export class RequestIndex {
  readonly #files = new Map<string, IndexedFile>();

  /** Adds a file, or replaces what was known of it. */
  set(uri: string, outline: FileOutline): void {
    this.#files.set(uri, new IndexedFile(outline));
  }

  delete(uri: string): void {
    this.#files.delete(uri);
  }

  /** Of all files, in no particular order. */
  get uris(): readonly string[] {
    return [...this.#files.keys()];
  }

  outline(uri: string): FileOutline | undefined {
    return this.#files.get(uri)?.outline;
  }

  /**
   * Who defines it. Connections, secrets and the environment are not defined in request files.
   * @param uris only in these files.
   */
  definitions(symbol: RequestSymbol, uris?: Iterable<string>): readonly FoundOccurrence[] {
    return this.#find(symbol, 'definitions', uris);
  }

  /** Who uses it. */
  uses(symbol: RequestSymbol, uris?: Iterable<string>): readonly FoundOccurrence[] {
    return this.#find(symbol, 'uses', uris);
  }

  /** Every name of a kind that is defined or used, sorted. */
  names(kind: SymbolKind): readonly string[] {
    const names = new Set<string>();
    for (const { outline } of this.#files.values()) {
      for (const { symbol } of [...outline.definitions, ...outline.uses]) {
        if (symbol.kind === kind) names.add(symbol.name);
      }
    }
    return [...names].sort();
  }

  #find(symbol: RequestSymbol, what: 'definitions' | 'uses', uris?: Iterable<string>): readonly FoundOccurrence[] {
    const key = symbolKey(symbol);
    const found: FoundOccurrence[] = [];
    for (const uri of uris ?? this.#files.keys()) {
      for (const occurrence of this.#files.get(uri)?.[what].get(key) ?? []) found.push({ ...occurrence, uri });
    }
    return found;
  }
}

function byKey(occurrences: readonly Occurrence[]): OccurrencesByKey {
  const sorted = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const key = symbolKey(occurrence.symbol);
    const known = sorted.get(key);
    if (known) known.push(occurrence);
    else sorted.set(key, [occurrence]);
  }
  return sorted;
}

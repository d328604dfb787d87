import type { Occurrence, SymbolKind } from './occurrences';

/** The names in a file, in no particular order. */
export class Names {
  readonly all: readonly Occurrence[];
  /** Sorted when somebody asks: an open file is replaced more often than that. */
  #sorted: ReadonlyMap<string, readonly Occurrence[]> | undefined;

  constructor(all: readonly Occurrence[]) {
    this.all = all;
  }

  /** Where a name of a kind stands. */
  named(kind: SymbolKind, name: string): readonly Occurrence[] {
    this.prepare();
    return this.#sorted?.get(key(kind, name)) ?? [];
  }

  /** Sorts now what the first question would. */
  prepare(): void {
    this.#sorted ??= sorted(this.all);
  }
}

function key(kind: SymbolKind, name: string): string {
  return `${kind} ${name}`;
}

function sorted(occurrences: readonly Occurrence[]): ReadonlyMap<string, readonly Occurrence[]> {
  const byName = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const id = key(occurrence.kind, occurrence.name);
    const known = byName.get(id);
    if (known) known.push(occurrence);
    else byName.set(id, [occurrence]);
  }
  return byName;
}

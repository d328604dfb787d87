import type { KeyDescription, KeyKind, KeyTable } from './keyTable';

/** A key with its place in the tables of its file. */
export interface KeyReference {
  /** Keys of the tables, outermost first; `*` for a name that the author chooses. */
  readonly path: readonly string[];
  readonly description: KeyDescription;
}

/** The kinds of file that have tables, by the name that the list of keys has for them. */
export type FormatFile = 'request' | 'project';

/** Every key of a table and of those below it, each before its own. */
export function* keyReferences(table: KeyTable, above: readonly string[] = []): Generator<KeyReference> {
  for (const [key, description] of Object.entries(table)) {
    const path = [...above, key];
    yield { path, description };
    if (description.keys) yield* keyReferences(description.keys, isNamed(description.kind) ? [...path, '*'] : path);
  }
}

/** Whether the author's own names stand between a key and its table. */
export function isNamed(kind: KeyKind): boolean {
  return kind === 'named' || kind === 'matchersByName' || kind === 'captures' || kind === 'parts';
}

/** Where a key stands in the list of keys, `docs/format.md`. */
export function keyAnchor(file: FormatFile, path: readonly string[]): string {
  return [file, ...path.filter((step) => step !== '*')].join('.');
}

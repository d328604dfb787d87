import { matcherKeys } from '../request/format/expectKeys';
import { isNamed, keyAnchor, type FormatFile } from '../request/format/keyReference';
import type { KeyDescription, KeyKind, KeyTable } from '../request/format/keyTable';
import { projectFileKeys } from '../request/format/projectKeys';
import { requestFileKeys } from '../request/format/requestKeys';
import type { PathStep } from './positionContext';

/** What the format says about a place. */
export interface KeyPlace {
  /** What stands at the place, or is to stand there: a value, or a map that has keys. */
  readonly description: KeyDescription;
  /** Keys of the tables on the way, without the names that authors choose. */
  readonly path: readonly string[];
  /** The name of the entry that the place is the value of, where an author chose it: a header's, a request's. */
  readonly name: string | undefined;
  /** The place is an item of a list. */
  readonly isItem: boolean;
}

/** The table of a file's top level. */
export function tableOf(file: FormatFile): KeyTable {
  return file === 'request' ? requestFileKeys : projectFileKeys;
}

/** What the format has at the end of a path; `undefined` where the format does not say: in a JSON body, say. */
export function keyPlace(file: FormatFile, path: readonly PathStep[]): KeyPlace | undefined {
  const root: KeyDescription = { kind: 'object', docs: '', keys: tableOf(file) };
  let place: KeyPlace | undefined = { description: root, path: [], name: undefined, isItem: false };
  for (const step of path) {
    place = step.kind === 'item' ? itemOf(place) : entryOf(place, step.key);
    if (!place) return undefined;
  }
  return place;
}

/** The keys that can stand in the map at a place. */
export function keysAt({ description }: KeyPlace): KeyTable | undefined {
  if (description.kind === 'matchers') return matcherKeys;
  return description.kind === 'object' || description.kind === 'messages' ? description.keys : undefined;
}

/** Where the list of keys tells of the key at a place. */
export function anchorOf(file: FormatFile, { path }: KeyPlace): string {
  return keyAnchor(file, path);
}

function itemOf(place: KeyPlace): KeyPlace | undefined {
  if (place.description.kind === 'messages' && !place.isItem) return { ...place, isItem: true };
  const isList = /^(?:texts|templates|integers|status|choices|any)$/.test(place.description.kind);
  if (!isList && place.name === undefined) return undefined;
  // Where a list stands for something else, its items are what they are: `forEach: ./rows.csv` or `forEach: [a, b]`.
  const { kind, docs } = place.description;
  const description = kind === 'any' ? { kind, docs } : place.description;
  return { ...place, description, isItem: true };
}

function entryOf(place: KeyPlace, key: string): KeyPlace | undefined {
  const { description } = place;
  const inner = INSIDE[description.kind];
  if (inner) {
    const { docs, keys, suggest } = description;
    const entry = { docs, ...(keys && { keys }), ...(suggest && { suggest }), ...inner };
    return isNamed(description.kind) && place.isItem
      ? undefined
      : { ...place, description: entry, name: key, isItem: false };
  }
  const table = keysAt(place);
  const found = table && Object.hasOwn(table, key) ? table[key] : undefined;
  return found && { description: found, path: [...place.path, key], name: undefined, isItem: false };
}

/** What stands behind the names that an author chooses. */
const INSIDE: Readonly<Partial<Record<KeyKind, Pick<KeyDescription, 'kind' | 'or'>>>> = {
  named: { kind: 'object' },
  matchersByName: { kind: 'matchers' },
  captures: { kind: 'object', or: 'text' },
  fields: { kind: 'template' },
  parts: { kind: 'object', or: 'template' },
  variables: { kind: 'any' },
  namedVariables: { kind: 'variables' },
};

/** Whether `${…}` is expanded in the text at a place. */
export function isExpanded({ description }: KeyPlace): boolean {
  const { kind, or } = description;
  return [kind, or].some(
    (each) => each !== undefined && !/^(?:text|texts|boolean|choice|choices|integer|integers)$/.test(each),
  );
}

import { LatchkeyError } from '../../errors';
import { MAX_LEVELS, toResolved, type TextOf } from '../../expect/jsonResolved';
import { isJsonArray, isJsonObject, type JsonValue } from '../../json/jsonValue';
import { readJson } from '../../json/readJson';
import type { TextRange } from '../../request/diagnostic';
import type { KnownFields } from '../../request/knownRows';
import type { FieldInText } from './rowHead';
import { notJson } from './jsonRows';

/**
 * The fields of the items of a JSON file, with their first values, by the beginning of its text.
 * @returns `undefined` where no item is all there.
 * @throws LatchkeyError `rows.*`
 */
export function jsonHead(
  text: string,
  isWhole: boolean,
  file: string,
  leaf: TextOf,
): KnownFields<FieldInText> | undefined {
  const outline = outlineOf(text);
  const read = readJson(isWhole ? text : `${text.slice(0, outline.end)}]`);
  if (!read.ok && isWhole) throw notJson(text, read.offset, file);
  if (!read.ok) return undefined;
  if (!isJsonArray(read.value)) throw new LatchkeyError('rows.notAList', { file });
  const fields = new Map<string, FieldInText>();
  const add = (name: string, value: JsonValue, range: TextRange | undefined): void => {
    if (fields.has(name)) return;
    const first = toResolved(value, name, leaf);
    if (!first) throw new LatchkeyError('rows.tooDeep', { file, limit: MAX_LEVELS });
    fields.set(name, { value: first, range });
  };
  for (const item of read.value) {
    if (!isJsonObject(item)) add('item', item, undefined);
    else for (const [name, value] of item) add(name, value, outline.names.get(name));
  }
  // A list that is empty now may have any rows later.
  return { fields, isComplete: isWhole && read.value.length > 0 };
}

interface Outline {
  /** The names of the members of items, where each stands first. */
  readonly names: ReadonlyMap<string, TextRange>;
  /** Behind the last item that another one follows. */
  readonly end: number;
}

const COLON = /[ \t\r\n]*:/y;

/** Goes by brackets and quotes alone; what is no JSON is found by whoever reads it. */
function outlineOf(text: string): Outline {
  const names = new Map<string, TextRange>();
  let depth = 0;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 1) end = at;
    else if (character === '"') {
      const close = closingQuote(text, at);
      if (close === undefined) break;
      COLON.lastIndex = close;
      if (depth === 2 && COLON.test(text)) addName(text, { start: at, end: close }, names);
      at = close - 1;
    }
  }
  return { names, end };
}

function addName(text: string, range: TextRange, names: Map<string, TextRange>): void {
  const name = readJson(text.slice(range.start, range.end));
  if (name.ok && typeof name.value === 'string' && !names.has(name.value)) names.set(name.value, range);
}

/** Behind the quote that ends a string. */
function closingQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

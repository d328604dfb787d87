import { joinSensitive, redact, revealForTransport, Secret, type Sensitive } from '../../secret';

/** Characters of one value with its variables put in. Variables that repeat each other grow without end otherwise. */
export const MAX_SIZE = 10_000_000;

/** A value with its variables put in. `raw` is JSON text that goes out as it is: numbers, `true`, `false`, `null`. */
export type Resolved =
  | { readonly kind: 'text'; readonly text: Sensitive }
  | { readonly kind: 'raw'; readonly json: Sensitive }
  | { readonly kind: 'list'; readonly items: readonly Resolved[]; readonly size: number }
  | { readonly kind: 'map'; readonly entries: readonly ResolvedEntry[]; readonly size: number };

export interface ResolvedEntry {
  readonly key: string;
  readonly value: Resolved;
}

export function textOf(text: Sensitive): Resolved {
  return { kind: 'text', text };
}

export function rawOf(json: Sensitive): Resolved {
  return { kind: 'raw', json };
}

export function listOf(items: readonly Resolved[]): Resolved {
  return { kind: 'list', items, size: items.reduce((sum, item) => sum + sizeOf(item) + 1, 2) };
}

export function mapOf(entries: readonly ResolvedEntry[]): Resolved {
  const size = entries.reduce((sum, { key, value }) => sum + key.length + sizeOf(value) + 4, 2);
  return { kind: 'map', entries, size };
}

export function isNull(value: Resolved): boolean {
  return value.kind === 'raw' && revealForTransport(value.json).trim() === 'null';
}

/** About as many characters as its JSON has. Shared parts count every time, as they will be written every time. */
export function sizeOf(value: Resolved): number {
  switch (value.kind) {
    case 'text':
      return value.text.length;
    case 'raw':
      return value.json.length;
    case 'list':
    case 'map':
      return value.size;
  }
}

/** Compact JSON; numbers as they were written. As secret as what is in it. */
export function toJson(value: Resolved): Sensitive {
  const parts: Sensitive[] = [];
  let text = '';
  const write = (piece: Sensitive): boolean => {
    if (typeof piece === 'string') text += piece;
    else {
      parts.push(text, piece);
      text = '';
    }
    return true;
  };
  writeJson(value, write);
  return parts.length === 0 ? text : joinSensitive([...parts, text]);
}

/** Writes until it is told that no more is wanted. */
function writeJson(value: Resolved, write: (piece: Sensitive) => boolean): boolean {
  switch (value.kind) {
    case 'text':
      return write(converted(value.text, JSON.stringify));
    case 'raw':
      return write(value.json);
    case 'list': {
      const goesOn = value.items.every((item, index) => write(index > 0 ? ',' : '[') && writeJson(item, write));
      return goesOn && write(value.items.length === 0 ? '[]' : ']');
    }
    case 'map': {
      const goesOn = value.entries.every(
        (entry, index) =>
          write(`${index > 0 ? ',' : '{'}${JSON.stringify(entry.key)}:`) && writeJson(entry.value, write),
      );
      return goesOn && write(value.entries.length === 0 ? '{}' : '}');
    }
  }
}

/** Another form of the same text, and as secret as it. */
export function converted(text: Sensitive, convert: (text: string) => string): Sensitive {
  return text instanceof Secret ? text.converted(convert) : convert(text);
}

/** The value as it may be shown: what is secret in it is masked. */
export function shownValue(value: Resolved): string {
  return value.kind === 'text' ? redact(value.text) : redact(toJson(value));
}

/** The beginning of {@link shownValue}, or all of it: as many characters and few more. No part is cut in two. */
export function shownBeginning(value: Resolved, characters: number): string {
  if (value.kind === 'text') return redact(value.text);
  let text = '';
  writeJson(value, (piece) => (text += redact(piece)).length < characters);
  return text;
}

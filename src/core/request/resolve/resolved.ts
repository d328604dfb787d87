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
  const write = (piece: Sensitive): void => {
    if (typeof piece === 'string') text += piece;
    else {
      parts.push(text, piece);
      text = '';
    }
  };
  writeJson(value, write);
  return parts.length === 0 ? text : joinSensitive([...parts, text]);
}

function writeJson(value: Resolved, write: (piece: Sensitive) => void): void {
  switch (value.kind) {
    case 'text':
      write(converted(value.text, JSON.stringify));
      return;
    case 'raw':
      write(value.json);
      return;
    case 'list':
      write('[');
      for (const [index, item] of value.items.entries()) {
        if (index > 0) write(',');
        writeJson(item, write);
      }
      write(']');
      return;
    case 'map':
      write('{');
      for (const [index, entry] of value.entries.entries()) {
        write(`${index > 0 ? ',' : ''}${JSON.stringify(entry.key)}:`);
        writeJson(entry.value, write);
      }
      write('}');
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

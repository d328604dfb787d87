/** Characters of one value with its variables put in. Variables that repeat each other grow without end otherwise. */
export const MAX_SIZE = 10_000_000;

/** A value with its variables put in. `raw` is JSON text that goes out as it is: numbers, `true`, `false`, `null`. */
export type Resolved =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'raw'; readonly json: string }
  | { readonly kind: 'list'; readonly items: readonly Resolved[]; readonly size: number }
  | { readonly kind: 'map'; readonly entries: readonly ResolvedEntry[]; readonly size: number };

export interface ResolvedEntry {
  readonly key: string;
  readonly value: Resolved;
}

export function textOf(text: string): Resolved {
  return { kind: 'text', text };
}

export function rawOf(json: string): Resolved {
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
  return value.kind === 'raw' && value.json.trim() === 'null';
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

/** Compact JSON; numbers as they were written. */
export function toJson(value: Resolved): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'raw':
      return value.json;
    case 'list':
      return `[${value.items.map(toJson).join(',')}]`;
    case 'map':
      return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${toJson(entry.value)}`).join(',')}}`;
  }
}

import type { TextRange } from '../diagnostic';

/**
 * What a YAML document says, by the rules of request files: a plain scalar is a number only when it is a JSON number,
 * only `true`, `false` and `null` (or nothing) are special, everything else is text, keys are text as written.
 * Aliases are resolved: the same node then stands in several places.
 */
export type YamlNode = YamlText | YamlNumber | YamlBoolean | YamlNull | YamlList | YamlMap;

export interface YamlText {
  readonly kind: 'text';
  readonly text: string;
  /** As it stands in the file, quotes included. */
  readonly source: string;
  readonly range: TextRange;
}

export interface YamlNumber {
  readonly kind: 'number';
  /** The digits as written. */
  readonly literal: string;
  readonly range: TextRange;
}

export interface YamlBoolean {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly range: TextRange;
}

export interface YamlNull {
  readonly kind: 'null';
  readonly range: TextRange;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly range: TextRange;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly range: TextRange;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: YamlNode;
}

/** From the start of the key to the end of the value. */
export function entryRange(entry: YamlEntry): TextRange {
  // An alias' value stands elsewhere in the file; the entry then is its key.
  const end = entry.value.range.start >= entry.keyRange.end ? entry.value.range.end : entry.keyRange.end;
  return { start: entry.keyRange.start, end };
}

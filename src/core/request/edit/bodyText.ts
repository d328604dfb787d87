import type { TextRange } from '../diagnostic';
import type { YamlEntry } from '../yaml/yamlNode';
import type { ScalarPlacement } from './editScalar';
import { yamlStep } from './newYaml';
import type { WrittenBody } from './writtenRequest';

export interface BodyPlace extends ScalarPlacement {
  readonly text: string;
}

/** A body that is written as YAML in the place of the one that is there: which stretch, and what stands there then. */
export function bodyValue(
  body: Pick<WrittenBody, 'text'>,
  { keyRange, value }: YamlEntry,
  { text, eol, place, indent }: BodyPlace,
): readonly [TextRange, string] {
  const lines = body.text.trimEnd().split('\n');
  const isBelow = text.slice(keyRange.end, value.range.start).includes('\n');
  if (isBelow) return [value.range, indented(lines, columnOf(text, value.range.start), eol).trimStart()];
  if (place === 'flow' || (lines.length === 1 && /^["'[{]/.test(body.text))) {
    return [value.range, lines.join(' ')];
  }
  const colon = text.indexOf(':', keyRange.end - 1);
  const below = columnOf(text, keyRange.start) + yamlStep;
  return [{ start: colon + 1, end: value.range.end }, eol + indented(lines, below === '' ? indent : below, eol)];
}

function indented(lines: readonly string[], indent: string, eol: string): string {
  return lines.map((line) => (line === '' ? '' : indent + line)).join(eol);
}

/** The column of an offset as so many blanks. */
function columnOf(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}

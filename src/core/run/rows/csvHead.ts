import type { TextOf } from '../../expect/jsonResolved';
import type { TextRange } from '../../request/diagnostic';
import type { KnownFields } from '../../request/knownRows';
import { dialectOf, fieldNames, isEmpty, recordsIn, requireCells } from './csvRows';
import type { FieldInText } from './rowHead';

/**
 * The columns of a CSV file with the cells of its first row, by the beginning of its text.
 * @returns `undefined` where the header is not all there.
 * @throws LatchkeyError `rows.*` for the header and the first row.
 */
export function csvHead(
  text: string,
  isWhole: boolean,
  file: string,
  leaf: TextOf,
): KnownFields<FieldInText> | undefined {
  const dialect = dialectOf(text, isWhole);
  if (!dialect) return undefined;
  let names: readonly string[] | undefined;
  let first: readonly string[] | undefined;
  for (const record of recordsIn(text, dialect, { isLast: isWhole, file, line: 1 })) {
    if (isEmpty(record)) continue;
    if (!names) {
      names = fieldNames(record.cells, file);
      continue;
    }
    requireCells(record, names.length, file);
    first = record.cells;
    break;
  }
  if (!names) return undefined;
  const ranges = headerRanges(text, dialect.delimiter);
  const fields = names.map((name, index): readonly [string, FieldInText] => {
    const cell = first?.[index];
    return [name, { value: cell === undefined ? undefined : leaf(cell, name), range: ranges[index] }];
  });
  return { fields: new Map(fields), isComplete: true };
}

/** Where the cells of the first line that is not empty stand. */
function headerRanges(text: string, delimiter: string): readonly TextRange[] {
  const cell = new RegExp(`"(?:[^"]|"")*"|[^${delimiter}\\r\\n]*`, 'y');
  const ranges: TextRange[] = [];
  for (let start = /^[\r\n]*/.exec(text)?.[0].length ?? 0; ;) {
    cell.lastIndex = start;
    const end = start + (cell.exec(text)?.[0].length ?? 0);
    ranges.push({ start, end });
    if (text[end] !== delimiter) return ranges;
    start = end + 1;
  }
}

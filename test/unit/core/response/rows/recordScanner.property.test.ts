import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Papa from 'papaparse';
import { cellsOf } from '../../../../../src/core/response/recordCells';
import type { RecordDialect } from '../../../../../src/core/response/bodyView';
import type { GrowingRows } from '../../../../../src/core/response/rows/growingRows';
import { RECORD_BYTES, RecordScanner } from '../../../../../src/core/response/rows/recordScanner';
import type { RowPlace, ScannerFactory } from '../../../../../src/core/response/rows/rowScanner';
import { fc } from '../../../../helpers/properties';
import { scanned, sourceOf } from './scannedRows';

const comma: RecordDialect = { separator: ',', lineEnd: '\n' };

const records =
  (dialect: RecordDialect): ScannerFactory<never> =>
  (sink, from, checkpoints) =>
    new RecordScanner(dialect, sink, from, checkpoints);

function placesOf(rows: GrowingRows<never>, bytes: Uint8Array, from = 0, to = Infinity): readonly RowPlace[] {
  return rows.places(from, to, sourceOf(bytes));
}

/** The cells of each record, read alone. */
function cells(text: string, pieces: readonly number[], dialect = comma): readonly (readonly string[])[] {
  const bytes = new TextEncoder().encode(text);
  const rows = scanned(records(dialect), bytes, pieces);
  return placesOf(rows, bytes).map(({ start, end }) => {
    return cellsOf(new TextDecoder().decode(bytes.subarray(start, end)), dialect.separator);
  });
}

const anyPieces = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', ';', '\t'), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

describe('records of CSV', () => {
  it('are those that were written, wherever their bytes are cut', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        anyPieces,
        (records, separator, newline, quotes, pieces) => {
          // What is written as nothing is no record.
          const written = records.filter((record) => quotes || record.length > 1 || record[0] !== '');
          // A line end of the other kind within a cell is quoted only where the writer takes it for one.
          fc.pre(newline !== '\r' || quotes || !written.flat().some((each) => each.includes('\n')));
          const text = Papa.unparse(written, { delimiter: separator, newline, quotes });
          const dialect = { separator, lineEnd: newline === '\r' ? '\r' : '\n' } as const;
          assert.deepEqual(cells(text, pieces, dialect), written);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of any text are those that a reader of CSV finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '"', '\n', ' ', 'é'), maxLength: 40 });
    fc.assert(
      fc.property(text, anyPieces, (lines, pieces) => {
        const csv = `${lines}\n`;
        const { data } = Papa.parse<readonly string[]>(csv, { delimiter: ',', newline: '\n', skipEmptyLines: true });
        // To that reader a record of nothing but quotes is an empty line too.
        const found = cells(csv, pieces).filter((record) => record.length > 1 || record[0] !== '');
        assert.deepEqual(found, data);
      }),
      { numRuns: 1000 },
    );
  });

  it('are found again from the middle, the pieces of long ones too', () => {
    const long = fc.tuple(fc.constantFrom('x', 'é', '"",', 'a\n'), fc.integer({ min: 1, max: 3 * RECORD_BYTES }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('1,2', '"a\nb",c', ''), long), { maxLength: 6 }),
        fc.integer({ min: 500, max: 1500 }),
        fc.nat(),
        (parts, few, at) => {
          const rows = parts.map((part) => (typeof part === 'string' ? part : `1,"${part[0].repeat(part[1] / 3)}"`));
          const bytes = new TextEncoder().encode(`${'3,4\n'.repeat(few)}${rows.join('\n')}\n${'5,6\n'.repeat(few)}`);
          const scan = scanned(records(comma), bytes, []);
          const all = placesOf(scan, bytes);
          const from = at % all.length;
          assert.deepEqual(placesOf(scan, bytes, from, from + 5), all.slice(from, from + 5));
          assert.ok(all.every(({ start, end }) => end - start <= RECORD_BYTES + 3));
          assert.equal(
            all.filter(({ continues }) => !continues).length,
            2 * few + rows.filter((row) => row !== '').length,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

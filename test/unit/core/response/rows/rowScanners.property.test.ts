import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { indexJson } from '../../../../../src/core/response/indexJson';
import { JsonLines } from '../../../../../src/core/response/jsonLines';
import { GrowingRows } from '../../../../../src/core/response/rows/growingRows';
import { JsonRowScanner } from '../../../../../src/core/response/rows/jsonRowScanner';
import { ROW_BYTES, type RowPlace, type ScannerFactory } from '../../../../../src/core/response/rows/rowScanner';
import { TextRowScanner } from '../../../../../src/core/response/rows/textRowScanner';
import { TextLines } from '../../../../../src/core/response/textLines';
import { fc } from '../../../../helpers/properties';
import { anyPieces, lines, scanned, sourceOf } from './scannedRows';

const json: ScannerFactory<never> = (sink, from, checkpoints) => new JsonRowScanner(ROW_BYTES, sink, from, checkpoints);
const text: ScannerFactory<never> = (sink, from, checkpoints) => new TextRowScanner(ROW_BYTES, sink, from, checkpoints);

const longString = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 12 }).map((unit) => unit.repeat(700));
const anyJson = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, 4, '\t'), longString)
  .map(([value, space, long]) => JSON.stringify([value, { [long]: long }], undefined, space));

describe('rows of JSON', () => {
  it('are the lines of its pretty form, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, anyPieces, async (source, pieces) => {
        const indexed = await indexJson(source, () => Promise.resolve());
        assert.ok(indexed.kind === 'done');
        const expected = new JsonLines(source, indexed.index);
        const bytes = new TextEncoder().encode(source);
        const rows = scanned(json, bytes, pieces);
        assert.equal(rows.mistake, undefined);
        assert.deepEqual(
          lines(rows, bytes, 'respaced'),
          Array.from({ length: expected.lineCount }, (_, line) => expected.text(line)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('can be found again from any of them', () => {
    const source = JSON.stringify(
      Array.from({ length: 5000 }, (_, index) => ({
        index,
        text: 'x'.repeat(index % 7 === 0 ? 4500 : 3),
        empty: [{}],
      })),
    );
    const bytes = new TextEncoder().encode(source);
    const rows = scanned(json, bytes, [10_000]);
    const all = rows.places(0, Infinity, sourceOf(bytes));
    assert.equal(all.length, rows.rowCount);
    for (const from of [0, 1, 1023, 1024, 1025, 5000, rows.rowCount - 2]) {
      assert.deepEqual(rows.places(from, from + 60, sourceOf(bytes)), all.slice(from, from + 60));
    }
  });

  it('end at the byte that is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyJson,
        fc.nat(),
        fc.constantFrom('x', ',', '}', '"', '\\', '\u0001', '1'),
        anyPieces,
        async (source, place, wrong, pieces) => {
          const at = place % (source.length + 1);
          const broken = source.slice(0, at) + wrong + source.slice(at);
          const indexed = await indexJson(broken, () => Promise.resolve());
          const bytes = new TextEncoder().encode(broken);
          const { mistake } = scanned(json, bytes, pieces);
          if (indexed.kind === 'done') assert.equal(mistake, undefined);
          // The other one names the start of a literal, this one the byte in it.
          else
            assert.ok(
              mistake !== undefined && new TextDecoder().decode(bytes.subarray(0, mistake)).length >= indexed.offset,
            );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('need no recursion for depth', () => {
    const bytes = new TextEncoder().encode('['.repeat(200_000) + ']'.repeat(200_000));
    const rows = scanned(json, bytes, []);
    assert.equal(rows.mistake, undefined);
    assert.equal(rows.rowCount, 399_999);
  });
});

describe('rows of text', () => {
  it('are its lines, in whatever pieces it comes', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme' }), longString).map((found) => found.replace(/[\r\n]/g, ' '));
    const ends = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, ends), { maxLength: 40 }), line, anyPieces, (body, last, pieces) => {
        const source = body.map(([content, end]) => content + end).join('') + last;
        const expected = new TextLines(source);
        const bytes = new TextEncoder().encode(source);
        assert.deepEqual(
          lines(scanned(text, bytes, pieces), bytes),
          Array.from({ length: expected.lineCount }, (_, index) => expected.text(index)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('can be found again from any of them', () => {
    const bytes = new TextEncoder().encode(
      Array.from({ length: 9000 }, (_, index) => `line ${index} ${'ä'.repeat(index % 1300)}`).join('\r\n'),
    );
    const rows = scanned(text, bytes, []);
    const all: readonly RowPlace[] = rows.places(0, Infinity, sourceOf(bytes));
    for (const from of [0, 1023, 1024, 1025, 5000, rows.rowCount - 2]) {
      assert.deepEqual(rows.places(from, from + 60, sourceOf(bytes)), all.slice(from, from + 60));
    }
  });

  it('grow with the body', () => {
    const rows = new GrowingRows(text);
    rows.scan(new TextEncoder().encode('a\nb'));
    assert.equal(rows.rowCount, 1);
    rows.scan(new TextEncoder().encode('c\n'));
    assert.equal(rows.rowCount, 2);
    rows.end();
    assert.equal(rows.rowCount, 3);
  });
});

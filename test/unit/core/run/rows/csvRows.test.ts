import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Papa from 'papaparse';
import { LatchkeyError } from '../../../../../src/core/errors';
import { csvRows } from '../../../../../src/core/run/rows/csvRows';
import { shownValue } from '../../../../../src/core/request/resolve/resolved';
import { fc } from '../../../../helpers/properties';
import { inPieces } from '../../../../helpers/runs';

/** Every row as its cells, in the order of the names. */
async function read(text: string, names: readonly string[], size = 3): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { fields } of csvRows(inPieces(text, size), 'a.csv')) {
    rows.push(
      names.map((name) => {
        const found = fields(name);
        return found?.state === 'known' ? shownValue(found.value) : '∅';
      }),
    );
  }
  return rows;
}

async function faultOf(text: string): Promise<string> {
  try {
    await read(text, [], 10_000);
  } catch (error) {
    assert.ok(error instanceof LatchkeyError);
    return error.message;
  }
  return 'none';
}

describe('the rows of a CSV file', () => {
  const table: readonly (readonly [name: string, text: string, rows: readonly (readonly string[])[]])[] = [
    [
      'plain',
      'a,b\n1,2\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['no line break at the end', 'a,b\n1,2', [['1', '2']]],
    [
      'Windows',
      'a,b\r\n1,2\r\n3,4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'old Macs',
      'a,b\r1,2\r3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['semicolons', 'a;b\n1,5;2\n', [['1,5', '2']]],
    ['tabs', 'a\tb\n1\t2\n', [['1', '2']]],
    ['a byte order mark', '\ufeffa,b\n1,2', [['1', '2']]],
    [
      'quotes',
      'a,b\n"x, y","say ""hi"""\n"1\n2",""\n',
      [
        ['x, y', 'say "hi"'],
        ['1\n2', ''],
      ],
    ],
    ['names in quotes', '"a", b \n1,2', [['1', '2']]],
    [
      'empty lines',
      'a,b\n\n1,2\n\n\n3,4\n\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['umlauts across pieces', 'a,b\nä,€\n', [['ä', '€']]],
    ['no rows', 'a,b\n', []],
    ['nothing', '', []],
  ];
  for (const [name, text, rows] of table) {
    it(name, async () => assert.deepEqual(await read(text, ['a', 'b']), rows));
  }

  it('has one column', async () => assert.deepEqual(await read('a\n1\n2\n', ['a']), [['1'], ['2']]));

  const faults: readonly (readonly [text: string, fault: RegExp])[] = [
    ['a,b\n1,2\n3\n', /a\.csv, line 3: the row has 1 cells, and the header has 2/],
    ['a,b\n"1\n\n2",x\n1,2,3\n', /line 5: the row has 3 cells/],
    ['a,b\n1,2\n"3,4\n5,6\n', /line 3: a quote in this row is not closed/],
    ['a,b\n1,2\n"3"x,4\n5,6\n', /line 3: a quote in this row/],
    ['a,\n1,2', /"" in the header cannot be the name/],
    ['a,$b\n1,2', /"\$b" in the header/],
    ['a,a\n1,2', /a is in the header twice/],
    [`a,b\n1,"${'x'.repeat(2_200_000)}`, /line 2: the row has more than 1000000 characters/],
  ];
  for (const [text, fault] of faults) it(String(fault), async () => assert.match(await faultOf(text), fault));

  it('is what was written, however the pieces fall', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '😀') });
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (written, size) => {
        const text = Papa.unparse([['a', 'b'], ...written], { quotes: true, newline: '\n' });
        assert.deepEqual(await read(text, ['a', 'b'], size), written);
      }),
    );
  });

  it('reads a hundred thousand rows without keeping them', async () => {
    let pieces = 0;
    const bytes = (async function* () {
      await Promise.resolve();
      yield new TextEncoder().encode('id,name\n');
      for (let at = 0; at < 100_000; at += 1_000) {
        pieces++;
        const lines = Array.from({ length: 1_000 }, (_, index) => `${at + index},"name ${at + index}"\n`);
        yield new TextEncoder().encode(lines.join(''));
      }
    })();
    let count = 0;
    for await (const row of csvRows(bytes, 'a.csv')) {
      count++;
      assert.ok(pieces * 1_000 - row.number <= 10_000, 'is read only as far as rows are taken');
    }
    assert.equal(count, 100_000);
  });
});

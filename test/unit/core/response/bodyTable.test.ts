import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyTable, type TablePage } from '../../../../src/core/response/bodyTable';
import type { BodyRecords, BodyRow } from '../../../../src/core/response/bodyView';
import { RECORD_CELLS } from '../../../../src/core/response/recordCells';
import { wholeCell } from '../../../../src/core/response/wholeCell';
import { TEXT_LIMIT } from '../../../../src/core/response/wholeText';
import { Secret } from '../../../../src/core/secret';
import { openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const table = async (text: string, contentType = 'text/csv'): Promise<TablePage> =>
  new BodyTable(await openBody(text, { contentType })).page(0, 1e6);

test('cells are read with quotes, line ends and whatever separates them', async () => {
  assert.deepEqual((await table('a,b\r\n"x, y","say ""hi"""\r\n')).rows, [
    ['a', 'b'],
    ['x, y', 'say "hi"'],
  ]);
  assert.deepEqual((await table('a;b\n1;2')).rows[1], ['1', '2']);
  assert.deepEqual((await table('a,x\tb\n1\t2', 'text/tab-separated-values')).rows, [
    ['a,x', 'b'],
    ['1', '2'],
  ]);
});

test('rows may have any number of cells', async () => {
  const { rows, columns } = await table('a,b,c\n1\n1,2,3,4\n');
  assert.equal(columns, 3);
  assert.deepEqual(
    rows.map((row) => row.length),
    [3, 1, 4],
  );
});

test('any rows of a long table are read, and it is known how many there are', async () => {
  const view = await openBody(`a,b\r\n${Array.from({ length: 30_000 }, (_, at) => `${at},"x\n${at}"\r\n`).join('')}`, {
    contentType: 'text/csv',
  });
  const page = await new BodyTable(view).page(29_999, 30_100);
  assert.deepEqual(page, {
    ...{ rowCount: 30_001, complete: true, columns: 2, continued: [], cut: [] },
    rows: [
      ['29998', 'x\n29998'],
      ['29999', 'x\n29999'],
    ],
  });
});

test('lines end as the beginning tells, and those with nothing on them are no rows', async () => {
  assert.deepEqual((await table('a,b\r1,2\r\r3,4')).rows, [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]);
  assert.deepEqual((await table('\ufeff"a",b\n\n\n1,2\n')).rows, [
    ['a', 'b'],
    ['1', '2'],
  ]);
  assert.equal((await table('')).rowCount, 0);
});

test('a quote that is never closed takes in the rest, piece by piece', async () => {
  const { rows, continued, rowCount } = await table(`a,b\n1,"open\n${'2,3\n'.repeat(50_000)}`);
  assert.equal(rowCount, 5);
  assert.deepEqual(continued, [2, 3, 4]);
  assert.ok(rows.every((row) => row.length <= 2 && row.every((cell) => cell.length <= 501)));
});

test('of very many columns the first are listed', async () => {
  const { rows, columns } = await table(`${'a,'.repeat(100_000)}b\n`);
  assert.equal(rows[0]?.length, RECORD_CELLS);
  assert.equal(columns, RECORD_CELLS);
});

const found = async (text: string, wanted: string, limit = 100): Promise<string[]> => {
  const view = await openBody(text, { contentType: 'text/csv' });
  const { signal } = new AbortController();
  const { matches, more } = await new BodyTable(view).find(wanted, limit, signal, () => undefined);
  return [...matches.map(({ row, cell }) => `${row}:${cell}`), ...(more ? ['more'] : [])];
};

test('text is found in cells as they are shown, not in how they are written', async () => {
  const text = 'name,note\n"Ann ""The Key"" Lee","a, b"\n"ann\nlee",ann ANN\n';
  assert.deepEqual(await found(text, 'ann'), ['1:0', '2:0', '2:1']);
  assert.deepEqual(await found(text, 'N "the key" l'), ['1:0']);
  assert.deepEqual(await found(text, '""'), []);
  assert.deepEqual(await found(text, 'a, B'), ['1:1']);
  assert.deepEqual(await found(text, 'name,note'), [], 'what separates cells is in none');
  assert.deepEqual(await found(text, 'name'), ['0:0']);
  assert.deepEqual(await found(text, ''), []);
  assert.deepEqual(await found(text, 'ann', 2), ['1:0', '2:0', 'more']);
});

test('nothing is found in cells that are not listed, and in a record of any length what its pieces hold', async () => {
  assert.deepEqual(await found(`${'a,'.repeat(RECORD_CELLS)}b\n`, 'b'), []);
  assert.deepEqual(await found(`a,b\n1,"open\n${'2,3\n'.repeat(50_000)}the end`, 'the end'), ['4:0']);
});

test('what is found in cells is what a look at each of them finds', async () => {
  const word = fc.constantFrom('sky', 'Key', '\u212aelvin', 'a b', 'ſoft', 'ß', 'x*y', 'q"', '""', ',', '\n', 'é');
  const cell = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(''));
  const records = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 1500, size: 'max' });
  await fc.assert(
    fc.asyncProperty(records, fc.nat(), fc.integer({ min: 1, max: 5 }), async (rows, at, length) => {
      const written = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','));
      const wanted = rows[at % rows.length]?.[at % 2]?.slice(0, length) ?? '';
      const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
      const expected = rows.flatMap((row, index) =>
        row.flatMap((each, column) => (pattern.test(each) ? [`${index + 1}:${column}`] : [])),
      );
      assert.deepEqual(await found(['"1","2"', ...written].join('\n'), wanted, 1e6), expected);
    }),
    { numRuns: 15 },
  );
});

const opened = async (text: string, row: number, cell: number, mask: readonly Secret[] = []): Promise<string> => {
  const view = await openBody(text, { contentType: 'text/csv', mask });
  const whole = await new BodyTable(view).cell(row, cell);
  return `${whole?.text}${whole?.missing ?? ''}`;
};

test('of a cell that is cut, in itself or with its record, all can be had', async () => {
  const long = `"${'x""y,\n'.repeat(100_000)}"`;
  const value = 'x"y,\n'.repeat(100_000);
  const text = `a,b,c\n1,${'z'.repeat(501)},short\n2,${long},after\n3,${'é'.repeat(1000)},\n`;
  const { rows, cut, continued } = await table(text);
  assert.deepEqual(cut.slice(0, 2), [
    { row: 1, cell: 1 },
    { row: 2, cell: 1 },
  ]);
  assert.ok(continued.every((row) => cut.some((each) => each.row === row && each.cell === 0)));
  assert.ok(cut.every(({ row, cell }) => rows[row]?.[cell]?.endsWith('…')));
  assert.equal(await opened(text, 1, 1), 'z'.repeat(501));
  assert.equal(await opened(text, 2, 1), value);
  assert.equal(await opened(text, rows.length - 1, 1), 'é'.repeat(1000));
  assert.match(await opened(text, continued[0] ?? 0, 0), /^[xy",\n]{60000,}$/);
  assert.equal(await opened(text, 1000, 0), 'undefined');
});

test('a short beginning of a cell says that it goes on in the next row', async () => {
  const { rows, cut } = await table(`a,b\n"${'x'.repeat(65_530)}","end of it"\n`);
  assert.deepEqual(cut.slice(0, 2), [
    { row: 1, cell: 0 },
    { row: 1, cell: 1 },
  ]);
  assert.equal(rows[1]?.[1], 'en…');
  assert.equal(await opened(`a,b\n"${'x'.repeat(65_530)}","end of it"\n`, 1, 1), 'end of it');
});

test('of a cell without an end no more is held than an editor takes', async () => {
  const piece = '0123456789abcdef'.repeat(4096);
  let asked = 0;
  const records: BodyRecords = {
    progress: () => Promise.resolve({ rowCount: 1_000_000, complete: true }),
    rows: (from, to) => {
      asked = Math.max(asked, to);
      const rowAt = (row: number): BodyRow => ({
        ...{ line: 1, hang: 0, inString: true, continues: row > 0 },
        text: row === 0 ? `1,"${piece}` : piece,
      });
      return Promise.resolve(Array.from({ length: to - from }, (_, index) => rowAt(from + index)));
    },
    find: () => Promise.reject(new Error('Nobody looks for anything.')),
  };
  const whole = await wholeCell(records, { separator: ',', lineEnd: '\n' }, { row: 0, cell: 1, isAll: true });
  assert.equal(whole?.missing, 'tooLong');
  assert.ok(whole.text.length <= TEXT_LIMIT && whole.text.length > TEXT_LIMIT - 10);
  assert.ok(asked <= 300, `${asked} pieces were read`);
});

test('a cell that has not come as a whole says so, and secrets in one are masked', async () => {
  const view = await openBody(`a,b\n1,"${'0123456789abcde\n'.repeat(1_100_000)}`, { contentType: 'text/csv' });
  assert.equal((await new BodyTable(view).cell(1, 1))?.missing, 'notHere');
  const secret = new Secret('quo"ted-canary');
  const masked = await opened(`a,b\n1,"${'x'.repeat(70_000)}quo""ted-canary"\n`, 1, 1, [secret]);
  assert.ok(!masked.includes('canary') && masked.length > 70_000);
});

test('no content makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', '\t', 'é') }), async (text) => {
      const { rows, columns } = await table(`x${text}`);
      assert.equal(rows[0]?.length ?? 0, columns);
    }),
  );
});

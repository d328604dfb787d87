import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyTable, TABLE_COLUMNS, type TablePage } from '../../../../src/core/response/bodyTable';
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
    ...{ rowCount: 30_001, complete: true, columns: 2, continued: [] },
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
  assert.equal(rows[0]?.length, TABLE_COLUMNS + 1);
  assert.equal(columns, TABLE_COLUMNS + 1);
});

test('no content makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', '\t', 'é') }), async (text) => {
      const { rows, columns } = await table(`x${text}`);
      assert.equal(rows[0]?.length ?? 0, columns);
    }),
  );
});

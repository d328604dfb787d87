import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable, TABLE_BYTES, TABLE_ROWS } from '../../../../src/core/response/bodyTable';
import { openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const table = async (text: string, contentType = 'text/csv'): ReturnType<typeof readTable> =>
  readTable(await openBody(text, { contentType }));

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

test('of a long table the beginning is listed, and never half a row', async () => {
  const many = await table(`a,b\n${'1,2\n'.repeat(TABLE_ROWS + 5)}`);
  assert.equal(many.rows.length, TABLE_ROWS);
  assert.equal(many.isPartial, true);
  const wide = await table(`a,b\n${`${'x'.repeat(1000)},yes\n`.repeat(TABLE_BYTES / 1000)}`);
  assert.equal(wide.isPartial, true);
  assert.equal(wide.rows.at(-1)?.[1], 'yes');
});

test('no content makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', '\t', 'é') }), async (text) => {
      const { rows, columns } = await table(`x${text}`);
      assert.equal(rows[0]?.length ?? 0, columns);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_ROW, type BodyRow } from '../../../../src/core/response/bodyView';
import { allRows, openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const width = fc.integer({ min: 8, max: 60 });
const prose = fc
  .array(fc.constantFrom('a', 'word', ' ', '\n', '\r\n', '😀', 'äöü', ',', '0123456789'.repeat(5)), {
    minLength: 1,
    maxLength: 80,
  })
  .map((parts) => parts.join(''));

/** Puts continuations back on their lines. */
function unwrap(rows: readonly BodyRow[]): readonly string[] {
  const lines: string[] = [];
  for (const row of rows) {
    if (row.continues) lines.push(lines.pop()! + row.text);
    else lines.push(row.text);
  }
  return lines;
}

void test('wrapped rows fit and put together give the text', async () => {
  await fc.assert(
    fc.asyncProperty(prose, width, async (text, columns) => {
      const view = await openBody(text, { contentType: 'text/csv' });
      const rows = await allRows(view, { form: 'raw', width: columns });
      assert.deepEqual(unwrap(rows), text.split(/\r?\n/));
      for (const row of rows) {
        assert.ok(row.text.length <= columns, row.text);
        assert.ok(!/[\ud800-\udbff]$/.test(row.text), 'a surrogate pair was split');
      }
    }),
  );
});

void test('wrapped pretty rows fit, and put together give the pretty form', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), width, async (value, columns) => {
      const view = await openBody(JSON.stringify(value));
      const rows = await allRows(view, { form: 'pretty', width: columns });
      const unindented = (line: string): string => line.trimStart();
      assert.deepEqual(unwrap(rows).map(unindented), JSON.stringify(value, undefined, 2).split('\n').map(unindented));
      for (const row of rows) assert.ok(row.hang + row.text.length <= columns, JSON.stringify(row));
    }),
  );
});

void test('any range of rows is that range of all rows', async () => {
  await fc.assert(
    fc.asyncProperty(prose, width, fc.nat(40), fc.nat(40), async (text, columns, from, count) => {
      const view = await openBody(text, { contentType: 'text/csv' });
      const layout = { form: 'raw', width: columns } as const;
      const all = await allRows(view, layout);
      assert.deepEqual(await view.rows(layout, from, from + count), all.slice(from, from + count));
    }),
  );
});

void test('words stay whole where there is a space near the end of the row', async () => {
  const view = await openBody('upstream connect error before headers', { contentType: 'text/x-log' });
  const rows = await allRows(view, { form: 'raw', width: 20 });
  assert.deepEqual(
    rows.map((row) => row.text),
    ['upstream connect ', 'error before headers'],
  );
});

void test('a line of megabytes is cut even when lines are not wrapped', async () => {
  const view = await openBody(`"${'x'.repeat(3_000_000)}"`);
  const rows = await allRows(view, { form: 'pretty', width: 0 });
  assert.equal(rows.length, 1 + Math.ceil((3_000_002 - MAX_ROW) / (MAX_ROW - 2)));
  assert.ok(rows.every((row) => row.text.length <= MAX_ROW));
  assert.deepEqual(
    rows.map((row) => row.inString),
    rows.map((_, index) => index > 0),
  );
});

void test('a row says whether it begins inside a string', async () => {
  const view = await openBody(JSON.stringify({ key: 'v'.repeat(30), n: [1] }));
  const rows = await allRows(view, { form: 'pretty', width: 20 });
  assert.deepEqual(
    rows.map(({ text, inString, hang, line }) => [line, hang, inString, text]),
    [
      [1, 0, false, '{'],
      [2, 0, false, `  "key": "${'v'.repeat(10)}`],
      [2, 4, true, 'v'.repeat(16)],
      [2, 4, true, 'vvvv",'],
      [3, 0, false, '  "n": ['],
      [4, 0, false, '    1'],
      [5, 0, false, '  ]'],
      [6, 0, false, '}'],
    ],
  );
});

void test('finding gives the rows and columns of every match, whatever the width', async () => {
  await fc.assert(
    fc.asyncProperty(prose, width, async (text, columns) => {
      const view = await openBody(text, { contentType: 'text/csv' });
      const layout = { form: 'raw', width: columns } as const;
      const rows = await allRows(view, layout);
      const { matches } = await view.find(layout, 'WORD', 1000, new AbortController().signal);
      assert.equal(matches.length, text.split('word').length - 1);
      for (const match of matches) {
        const found = rows[match.row]!.text.slice(match.start, match.end);
        assert.ok(found !== '' && 'word'.startsWith(found), found);
      }
    }),
  );
});

void test('finding in the pretty form counts the indentation', async () => {
  const view = await openBody('{"a":{"name":"Alice"}}');
  const found = await view.find({ form: 'pretty', width: 0 }, 'alice', 10, new AbortController().signal);
  assert.deepEqual(found, { matches: [{ row: 2, start: 13, end: 18 }], more: false });
});

void test('finding stops at the limit and says so, and takes the text literally', async () => {
  const view = await openBody('a.c abc a.c a.c', { contentType: 'text/csv' });
  const found = await view.find({ form: 'raw', width: 0 }, 'a.c', 2, new AbortController().signal);
  assert.deepEqual(
    found.matches.map((match) => match.start),
    [0, 8],
  );
  assert.equal(found.more, true);
});

void test('finding ends when it is cancelled', async () => {
  const view = await openBody('a\na', { contentType: 'text/csv' });
  await assert.rejects(view.find({ form: 'raw', width: 0 }, 'a', 9, AbortSignal.abort()), { name: 'AbortError' });
});

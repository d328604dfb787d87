import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BodyRow, RowLayout } from '../../../../src/core/response/bodyView';
import { FoldedBodyView } from '../../../../src/core/response/foldedBodyView';
import { BodyReader } from '../../../../src/core/response/rows/bodyReader';
import { openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const wide = { form: 'pretty', width: 0 } as const;

async function folded(value: unknown): Promise<FoldedBodyView> {
  return new FoldedBodyView(await openBody(JSON.stringify(value)));
}

const texts = (rows: readonly BodyRow[]): string[] => rows.map(({ text }) => text);
const all = async (view: FoldedBodyView, layout: RowLayout = wide): Promise<readonly BodyRow[]> =>
  view.rows(layout, 0, await view.rowCount(layout));

test('a folded node is one row, which says how much is in it; unfolded it is as before', async () => {
  const view = await folded({ a: { b: [1, 2], c: 3 }, d: [] });
  const before = await all(view);
  assert.deepEqual(
    before.map(({ hiddenLines }) => hiddenLines),
    [0, 0, 0, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
  );
  assert.equal(await view.setFold(wide, 1, true), true);
  assert.deepEqual(texts(await all(view)), ['{', '  "a": {…},', '  "d": []', '}']);
  assert.equal((await all(view))[1]?.hiddenLines, 6);
  assert.deepEqual(texts(await view.rows(wide, 2, 3)), ['  "d": []']);
  assert.equal(await view.setFold(wide, 1, false), true);
  assert.deepEqual(await all(view), before);
});

test('what is folded within a folded node stays folded', async () => {
  const view = await folded({ a: { b: [1, 2], c: 3 } });
  await view.setFold(wide, 2, true);
  await view.setFold(wide, 1, true);
  assert.deepEqual(texts(await all(view)), ['{', '  "a": {…}', '}']);
  await view.setFold(wide, 1, false);
  assert.deepEqual(texts(await all(view)), ['{', '  "a": {', '    "b": […],', '    "c": 3', '  }', '}']);
});

test('everything can be folded, and unfolded; the outermost brackets stay', async () => {
  const view = await folded({ a: { b: [1] }, c: [[2]] });
  assert.equal(view.foldAll(), true);
  assert.deepEqual(texts(await all(view)), ['{', '  "a": {…},', '  "c": […]', '}']);
  await view.setFold(wide, 1, false);
  assert.deepEqual(texts(await all(view)), ['{', '  "a": {', '    "b": […]', '  },', '  "c": […]', '}']);
  view.unfoldAll();
  assert.equal(await view.rowCount(wide), 12);
});

test('folds hold at every width, and raw text knows none', async () => {
  const view = await folded({ long: 'word '.repeat(40), a: { b: 1 }, end: 1 });
  const at = (await all(view)).findIndex(({ text }) => text.includes('"a"'));
  await view.setFold(wide, at, true);
  for (const width of [16, 40, 80]) {
    const rows = texts(await view.rows({ form: 'pretty', width }, 0, 1000));
    assert.deepEqual(rows.slice(-3), ['  "a": {…},', '  "end": 1', '}']);
  }
  assert.equal(await view.rowCount({ form: 'raw', width: 0 }), 1);
});

test('what is found is unfolded, nothing else', async () => {
  const view = await folded({ a: { deep: { word: 'needle' } }, b: { c: 1 } });
  view.foldAll();
  const { matches } = await view.find(wide, 'needle', 9, new AbortController().signal);
  const rows = await all(view);
  assert.equal(matches.length, 1);
  assert.match(rows[matches[0]?.row ?? 0]?.text ?? '', /needle/);
  assert.ok(texts(rows).includes('  "b": {…}'));
});

test('of many matches only the first is unfolded; the others are listed where they are folded', async () => {
  const view = await folded(Array.from({ length: 60 }, () => ({ word: 'a' })));
  view.foldAll();
  const { matches } = await view.find(wide, 'word', 99, new AbortController().signal);
  assert.equal(matches.length, 60);
  assert.equal(texts(await all(view)).filter((text) => text.includes('…')).length, 59);
  assert.deepEqual(matches[0], { row: 2, start: 5, end: 9 });
  assert.deepEqual(matches[1], { row: 4, start: 0, end: 0 });
});

test('the row of a line of text is no node', async () => {
  const view = await folded({ text: 'ends with [', more: '{' });
  assert.deepEqual(
    (await all(view)).map(({ hiddenLines }) => hiddenLines),
    [0, undefined, undefined, undefined],
  );
  assert.equal(await view.setFold(wide, 1, true), false);
});

test('whatever is folded, the rows that are left are those of the whole, in order, and numbered without gaps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.array(fc.nat(60)), fc.nat(30), async (value, folds, start) => {
      const view = await folded([value, { value }]);
      const whole = new Map((await all(view)).map((row) => [row.line, row.text]));
      for (const fold of folds) await view.setFold(wide, fold % (await view.rowCount(wide)), fold % 3 > 0);
      const rows = await all(view);
      assert.equal(rows.length, await view.rowCount(wide));
      for (const [index, row] of rows.entries()) {
        const text = whole.get(row.line) ?? '';
        if ((row.hiddenLines ?? 0) > 0) assert.ok(row.text.startsWith(`${text}…`), row.text);
        else assert.equal(row.text, text);
        assert.equal(await view.listedRow(wide, await view.innerRow(wide, index)), index);
        const next = rows[index + 1];
        if (next) assert.equal(next.line, row.line + (row.hiddenLines ?? 0) + 1);
      }
      assert.deepEqual(await view.rows(wide, start, start + 7), rows.slice(start, start + 7));
    }),
    { numRuns: 60 },
  );
});

test('elements can be folded where a narrow view has no room for their indentation', async () => {
  const depth = 40;
  const xml = `${'<a>'.repeat(depth)}<b/>${'</a>'.repeat(depth)}`;
  const view = new FoldedBodyView(await openBody(xml, { contentType: 'text/xml' }));
  for (const width of [0, 40, 20]) {
    const rows = await all(view, { form: 'pretty', width });
    const marked = rows.filter(({ hiddenLines }) => hiddenLines === 0).map(({ line }) => line);
    assert.deepEqual(
      marked,
      Array.from({ length: depth }, (_, index) => index + 1),
    );
  }
});

const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => ({
  language: 'json' as const,
  text: JSON.stringify([value, { value }]),
}));
const anyXml = fc
  .letrec<{ element: string }>((tie) => ({
    element: fc
      .array(
        fc.oneof({ depthSize: 'small' }, fc.constantFrom('', ' ', 'ä text', '<!-- a\nb -->', '<e/>'), tie('element')),
      )
      .map((content) => `<a>${content.join('')}</a>`),
  }))
  .element.map((text) => ({ language: 'xml' as const, text }));

test('nodes of a body that is looked through byte by byte are those of one in memory', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyJson, anyXml), fc.constantFrom(0, 20, 60), async ({ language, text }, width) => {
      const bytes = new TextEncoder().encode(text);
      const source = { read: (start: number, end: number) => bytes.subarray(start, end) };
      const reader = new BodyReader({ source, language, charset: 'utf-8', forms: [] });
      reader.grow(bytes.length, true);
      const layout = { form: 'pretty', width } as const;
      while (reader.advance(layout));
      const view = await openBody(text, { contentType: `application/${language}` });
      const lines = view.lineCount('pretty');
      const { rowCount } = reader.progress(layout);
      for (let row = 0; row < rowCount; row++) {
        const search = reader.nodeAt(layout, row);
        let step = search.next();
        while (step.done !== true) step = search.next();
        const [at] = reader.rows(layout, row, row + 1);
        assert.deepEqual(step.value, await view.nodeAt?.(wide, (at?.line ?? 0) - 1), `row ${row} of ${text}`);
      }
      const firstRows = reader.firstRows(
        layout,
        Array.from({ length: lines + 1 }, (_, index) => index + 1),
      );
      assert.equal(firstRows.at(-1), rowCount);
      for (const [index, row] of firstRows.slice(0, -1).entries()) {
        const [at] = reader.rows(layout, row, row + 1);
        assert.deepEqual([at?.line, at?.continues], [index + 1, false]);
      }
    }),
    { numRuns: 60 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewMessage } from '../../../src/shared/protocol';
import type { BodyRows } from '../../../src/shared/viewModel';
import { RowStore, type RowLayout } from '../../../src/webview/rowStore';

const narrow: RowLayout = { bodyId: 'b', form: 'pretty', columns: 40 };
const wide: RowLayout = { bodyId: 'b', form: 'pretty', columns: 80 };

type Request = Extract<ViewMessage, { type: 'requestRows' }>;

function storeAndRequests(): { readonly store: RowStore; readonly requests: Request[] } {
  const requests: Request[] = [];
  const store = new RowStore((message) => {
    if (message.type === 'requestRows') requests.push(message);
  });
  return { store, requests };
}

function rowsFor(layout: RowLayout, from: number, count: number, rowCount = 1000): BodyRows {
  const rows = Array.from({ length: Math.max(0, Math.min(count, rowCount - from)) }, (_, index) => ({
    line: from + index + 1,
    text: `${layout.columns}:${from + index}`,
    hang: 0,
    continues: false,
    inString: false,
  }));
  return { ...layout, folds: 0, isFolded: false, rowCount, from, rows };
}

function answer(store: RowStore, { requestId, from, to, ...layout }: Request): boolean {
  return store.accept(requestId, rowsFor(layout, from, to - from));
}

void test('asks once for what is missing, and not for what is there or on its way', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 200));
  store.want(narrow, 0, 150);
  assert.equal(requests.length, 0);
  store.want(narrow, 150, 320);
  store.want(narrow, 180, 330);
  assert.deepEqual(
    requests.map(({ from, to }) => [from, to]),
    [
      [200, 300],
      [300, 400],
    ],
  );
  for (const request of requests) assert.ok(answer(store, request));
  assert.equal(store.row(399)?.text, '40:399');
  assert.equal(store.row(400), undefined);
});

void test('rows that ride along without filling a chunk are asked for again when they are needed', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 150));
  assert.equal(store.row(99)?.text, '40:99');
  assert.equal(store.row(120), undefined);
  store.want(narrow, 100, 130);
  assert.deepEqual(
    requests.map(({ from }) => from),
    [100],
  );
});

void test('the last rows of a body may be fewer than a chunk', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 150, 150));
  assert.equal(store.row(149)?.text, '40:149');
  store.want(narrow, 100, 150);
  assert.equal(requests.length, 0);
});

void test('stale answers are dropped', () => {
  const { store, requests } = storeAndRequests();
  store.want(narrow, 0, 50);
  store.clear();
  assert.equal(answer(store, requests[0]!), false);
  assert.equal(store.accept(99, rowsFor(narrow, 0, 100)), false);
  assert.equal(store.row(0), undefined);
});

void test('old rows stay until the first of the new width are here', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 200));
  store.want(wide, 0, 1);
  assert.equal(store.row(0)?.text, '40:0');
  assert.ok(answer(store, requests[0]!));
  assert.equal(store.row(0)?.text, '80:0');
  assert.deepEqual(store.layout, wide);
});

void test('memory is bounded: what was not used for long is forgotten', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 100, 1_000_000));
  for (let from = 0; from < 20_000; from += 100) {
    store.want(narrow, from, from + 100);
    const request = requests.at(-1);
    if (request) store.accept(request.requestId, rowsFor(narrow, request.from, 100, 1_000_000));
  }
  assert.equal(store.row(0), undefined);
  assert.equal(store.row(19_999)?.text, '40:19999');
});

void test('finds the row that begins what a row is in, as far as the rows are here', () => {
  const { store } = storeAndRequests();
  const texts = ['{', '  "a": {', '    "b": 1,', '    goes on', '  },', '  "c": 2', '}'];
  const rows = texts.map((text, index) => ({
    ...{ line: index + 1, text, hang: 0, inString: false },
    continues: text.endsWith('on'),
    ...(text.endsWith('{') ? { hiddenLines: 0 } : {}),
  }));
  const all: BodyRows = { ...narrow, folds: 0, isFolded: false, rowCount: rows.length, from: 0, rows };
  store.replace(all);
  assert.deepEqual(
    texts.map((_, index) => store.rowAround(index)),
    [undefined, 0, 1, 1, 0, 0, undefined],
  );
  store.clear();
  assert.equal(store.rowAround(2), undefined);
});

void test('an answer from before the news that there are more rows takes none of them back', () => {
  const { store, requests } = storeAndRequests();
  store.replace(rowsFor(narrow, 0, 100, 150));
  store.want(narrow, 100, 150);
  assert.ok(store.grow({ ...narrow, rowCount: 400 }));
  const [request] = requests;
  assert.ok(request && store.accept(request.requestId, rowsFor(narrow, 100, 100, 150)));
  assert.equal(store.rowCount, 400);
  assert.equal(store.row(120), undefined, 'what was cut short by what there was is asked for again');
  store.want(narrow, 100, 150);
  assert.equal(requests.length, 2);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { LatchkeyError } from '../../../../../src/core/errors';
import { editRequest } from '../../../../../src/core/request/edit/editRequest';
import { requestSlice } from '../../../../../src/core/request/edit/requestSlice';
import type { WantedRequest } from '../../../../../src/core/request/edit/wantedRequest';
import { writtenRequest, type WrittenRequest } from '../../../../../src/core/request/edit/writtenRequest';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';

function read(text: string, name: string): WrittenRequest {
  const entry = parseRequestFile(text).requests.find((request) => request.name === name);
  assert.ok(entry, name);
  const slice = requestSlice(text, entry);
  const written = slice && writtenRequest(slice);
  assert.ok(written, 'it can be edited');
  return written;
}

function wantedOf(written: WrittenRequest): WantedRequest {
  const rows = (key: 'query' | 'headers'): WantedRequest['query'] =>
    written[key].map(({ name, value }, from) => ({ name, value, from }));
  return { ...written, query: rows('query'), headers: rows('headers') };
}

function edited(text: string, name: string, change: (wanted: WantedRequest) => Partial<WantedRequest>): string {
  const entry = parseRequestFile(text).requests.find((request) => request.name === name);
  assert.ok(entry, name);
  const wanted = wantedOf(read(text, name));
  const edits = editRequest(text, entry, name, { ...wanted, ...change(wanted) });
  const result = edits
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce((now, { range, text: put }) => now.slice(0, range.start) + put + now.slice(range.end), text);
  assert.deepEqual(
    parseRequestFile(result).diagnostics.filter(({ code }) => code.startsWith('yaml.')),
    [],
  );
  return result;
}

const file = `# Orders of the shop
requests:
  listOrders:
    get: /orders # newest first
    query:
      status: "\${status}"
      # how many
      limit: 50
    headers: { Accept: 'application/json', X-Trace: on }
    expect: { status: 200 }

  createOrder: # makes one
    post: '/orders'
    json:
      sku: A-1 # the article
      price: 1.10
      lines:
        - { id: "\${id}", n: 2 }
    # about the end
  note:
    put: /note
    text: |
      first
      second

  last: { get: /last, headers: { A: b } }
`;

test('what is written is shown as it is written', () => {
  assert.deepEqual(read(file, 'listOrders'), {
    method: 'GET',
    url: '/orders',
    query: [
      { name: 'status', value: '${status}', isFixed: false },
      { name: 'limit', value: '50', isFixed: false },
    ],
    headers: [
      { name: 'Accept', value: 'application/json', isFixed: false },
      { name: 'X-Trace', value: 'on', isFixed: false },
    ],
    body: undefined,
  });
  assert.deepEqual(read(file, 'createOrder').body, {
    kind: 'json',
    text: 'sku: A-1 # the article\nprice: 1.10\nlines:\n  - { id: "${id}", n: 2 }',
    isYaml: true,
  });
  assert.deepEqual(read(file, 'note').body, { kind: 'text', text: 'first\nsecond\n', isYaml: false });
});

test('without a change nothing is changed', () => {
  for (const name of ['listOrders', 'createOrder', 'note', 'last'])
    assert.equal(
      edited(file, name, () => ({})),
      file,
    );
});

const cases: readonly (readonly [
  what: string,
  request: string,
  change: (w: WantedRequest) => Partial<WantedRequest>,
  from: string,
  to: string,
])[] = [
  ['a URL keeps its comment', 'listOrders', () => ({ url: '/orders/new' }), 'get: /orders #', 'get: /orders/new #'],
  ['a URL keeps its quotes', 'createOrder', () => ({ url: "/o'rders" }), "post: '/orders'", "post: '/o''rders'"],
  ['a method is another key', 'listOrders', () => ({ method: 'post' }), '    get: /orders', '    post: /orders'],
  [
    'a method without a key of its own',
    'listOrders',
    () => ({ method: 'PURGE' }),
    '    get: /orders # newest first\n',
    '    url: /orders # newest first\n    method: PURGE\n',
  ],
  [
    'a number stays a number',
    'listOrders',
    ({ query }) => ({ query: query.map((row) => (row.name === 'limit' ? { ...row, value: '20' } : row)) }),
    'limit: 50',
    'limit: 20',
  ],
  [
    'a value that would be read otherwise is quoted',
    'listOrders',
    ({ query }) => ({ query: query.map((row) => (row.name === 'limit' ? { ...row, value: 'a: b' } : row)) }),
    'limit: 50',
    'limit: "a: b"',
  ],
  [
    'a row gets another name',
    'listOrders',
    ({ query }) => ({ query: query.map((row) => (row.name === 'limit' ? { ...row, name: 'max' } : row)) }),
    'limit: 50',
    'max: 50',
  ],
  [
    'a row in braces',
    'listOrders',
    ({ headers }) => ({ headers: headers.map((row) => (row.name === 'Accept' ? { ...row, value: 'a, b' } : row)) }),
    "Accept: 'application/json'",
    "Accept: 'a, b'",
  ],
  [
    'a row more in a block',
    'listOrders',
    ({ query }) => ({ query: [...query, { name: 'page', value: '2', from: undefined }] }),
    '      limit: 50\n',
    '      limit: 50\n      page: "2"\n',
  ],
  [
    'a row more in braces',
    'last',
    ({ headers }) => ({ headers: [...headers, { name: 'X-Y', value: '${a} [b]', from: undefined }] }),
    'A: b }',
    'A: b, X-Y: "${a} [b]" }',
  ],
  ['a row less', 'listOrders', ({ query }) => ({ query: query.slice(1) }), '      status: "${status}"\n', ''],
  [
    'no row left',
    'listOrders',
    () => ({ headers: [] }),
    "    headers: { Accept: 'application/json', X-Trace: on }\n",
    '',
  ],
  [
    'the first rows of a request',
    'note',
    () => ({ headers: [{ name: 'If-Match', value: '"1"', from: undefined }] }),
    '    put: /note\n',
    '    put: /note\n    headers:\n      If-Match: "\\"1\\""\n',
  ],
  ['one row for another', 'last', () => ({ headers: [{ name: 'C', value: 'd', from: undefined }] }), 'A: b', 'C: d'],
  [
    'lines of a text',
    'note',
    ({ body }) => ({ body: body && { ...body, text: 'first\nthird\nsecond\n' } }),
    '      first\n',
    '      first\n      third\n',
  ],
  [
    'a value in a body, comments kept',
    'createOrder',
    ({ body }) => ({ body: body && { ...body, text: body.text.replace('A-1', 'B-2') } }),
    'sku: A-1',
    'sku: B-2',
  ],
  [
    'JSON in the place of YAML',
    'createOrder',
    ({ body }) => ({ body: body && { ...body, text: '{\n  "sku": "${id}"\n}' } }),
    'sku: A-1 # the article\n      price: 1.10\n      lines:\n        - { id: "${id}", n: 2 }',
    '{\n        "sku": "${id}"\n      }',
  ],
  ['no body any more', 'note', () => ({ body: undefined }), '    text: |\n      first\n      second\n', ''],
  [
    'a first body',
    'listOrders',
    () => ({ body: { kind: 'json', text: 'a: 1\nb: [2]', isYaml: true } }),
    'X-Trace: on }\n',
    'X-Trace: on }\n    json:\n      a: 1\n      b: [2]\n',
  ],
  [
    'another kind of body',
    'note',
    () => ({ body: { kind: 'form', text: 'a: b', isYaml: true } }),
    '    text: |\n      first\n      second\n',
    '    form:\n      a: b\n',
  ],
  [
    'a body in braces',
    'last',
    () => ({ body: { kind: 'json', text: '{ "a": 1 }', isYaml: true } }),
    '{ A: b } }',
    '{ A: b }, json: { "a": 1 } }',
  ],
];

for (const [what, name, change, from, to] of cases) {
  test(`edit: ${what}`, () => {
    assert.ok(file.includes(from));
    assert.equal(
      edited(file, name, change),
      file.replace(from, () => to),
    );
    const crlf = file.replaceAll('\n', '\r\n');
    assert.equal(
      edited(crlf, name, change),
      crlf.replace(from.replaceAll('\n', '\r\n'), () => to.replaceAll('\n', '\r\n')),
    );
  });
}

function refusal(text: string, change: (wanted: WantedRequest) => Partial<WantedRequest>): string {
  try {
    edited(text, 'a', change);
    return 'none';
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, String(error));
    return error.code;
  }
}

test('what nobody could write is refused with the reason', () => {
  const text = 'requests:\n  a:\n    get: /\n    query: { b: 1 }\n';
  const row = { name: 'b', value: '2', from: undefined };
  assert.equal(
    refusal(text, () => ({ method: 'G T' })),
    'edit.badMethod',
  );
  assert.equal(
    refusal(text, () => ({ method: 'connect' })),
    'edit.badMethod',
  );
  assert.equal(
    refusal(text, () => ({ url: ' ' })),
    'edit.urlMissing',
  );
  assert.equal(
    refusal(text, ({ query }) => ({ query: [...query, row] })),
    'edit.duplicate',
  );
  assert.equal(
    refusal(text, () => ({ query: [{ ...row, name: '' }] })),
    'edit.nameMissing',
  );
  assert.equal(
    refusal(text, () => ({ body: { kind: 'json', text: '{ a: [', isYaml: true } })),
    'edit.bodyBroken',
  );
  assert.equal(
    refusal(text, () => ({ body: { kind: 'json', text: 'a: 1\n', isYaml: true } })),
    'none',
  );
});

test('a request that shares an anchor with another one, or has an alias for a URL, is left alone', () => {
  for (const text of [
    'requests:\n  a:\n    get: &u /\n    query: { b: 1 }\n  c:\n    get: *u\n',
    'requests:\n  c:\n    get: &u /\n  a:\n    get: *u\n',
    'requests:\n  a:\n    get: "/\n',
    'requests:\n  a: 1\n',
  ]) {
    const entry = parseRequestFile(text).requests.find(({ name }) => name === 'a');
    const slice = entry && requestSlice(text, entry);
    assert.equal(slice && writtenRequest(slice), undefined, text);
  }
});

test('lists stay as they are, and can be renamed or removed', () => {
  const text = 'requests:\n  a:\n    get: /\n    query:\n      tag: [x, y]\n      c: null\n';
  const { query } = read(text, 'a');
  assert.deepEqual(
    query.map(({ isFixed }) => isFixed),
    [true, true],
  );
  const rows = wantedOf(read(text, 'a')).query;
  assert.equal(
    edited(text, 'a', () => ({ query: rows.slice(0, 1).map((row) => ({ ...row, name: 'tags' })) })),
    'requests:\n  a:\n    get: /\n    query:\n      tags: [x, y]\n',
  );
});

test('rows in braces go with their commas, wherever they stand', () => {
  const text = 'requests: { a: { query: { b: 1, c: 2, d: 3, e: 4 }, get: /, json: 1 } }\n';
  const without = (...names: readonly string[]): string =>
    edited(text, 'a', ({ query }) => ({ query: query.filter(({ name }) => !names.includes(name)) }));
  assert.equal(without('b', 'c'), text.replace('b: 1, c: 2, ', ''));
  assert.equal(without('b', 'e'), text.replace('b: 1, ', '').replace(', e: 4', ''));
  assert.equal(without('c', 'd', 'e'), text.replace(', c: 2, d: 3, e: 4', ''));
  assert.equal(
    edited(text, 'a', () => ({ query: [], body: undefined })),
    'requests: { a: { get: / } }\n',
  );
});

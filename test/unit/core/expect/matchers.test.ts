import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answered, broken, examine, refusedExchange } from '../../../helpers/examining';

const json = String.raw`{
  "id": 12345678901234567890, "price": 1.10, "big": 1e3, "name": "Ada", "none": null, "yes": true, "five": "5",
  "emoji": "a😀", "empty": [], "tags": ["new", "sale"], "items": [{ "id": 1, "status": "open" }, { "id": 2, "status": "closed" }],
  "map": { "b": 2, "a": [1.0] }, "__proto__": "own", "constructor": 1, "a b": "spaced"
}`;
const order = answered(json, { headers: [['Content-Type', 'application/json; charset=utf-8']] });

function holds(rows: readonly string[], expected: boolean): void {
  for (const row of rows) {
    it(row, async () => {
      const results = await broken(`expect:\n  body:\n    ${row}`, order);
      assert.equal(results.length === 0, expected, results.join());
    });
  }
}

describe('what holds', () => {
  holds(
    [
      '$.id: 12345678901234567890',
      '$.id: 1234567890123456789e1',
      '$.price: 1.1',
      '$.price: { equals: 1.100 }',
      '$.big: 1000',
      '$.name: Ada',
      '$.none: null',
      '$.none: { exists: true, type: "null" }',
      '$.nothing: { exists: false }',
      '$.nothing: { not: { exists: true } }',
      '$.yes: true',
      '$.five: "5"',
      '$.emoji: { length: 2 }',
      '$.empty: []',
      '$.empty: { length: 0, type: array }',
      '$.tags: [new, sale]',
      '$.tags: { contains: new, length: { atLeast: 2, atMost: 2 } }',
      '$.items: { length: 2 }',
      '$.items[0].status: open',
      '$.items[-1].status: { oneOf: [open, closed] }',
      '$.items[*].id: [1, 2]',
      '$..status: { contains: closed, length: 2 }',
      '$.items: { contains: { status: closed } }',
      '"$.items[?@.status == \'open\'].id": [1]',
      '"$.items[?@.id > 2]": []',
      '"$.items[?@.id > 2]": { exists: false, length: 0 }',
      '"$.items[?@.id > 1]": { exists: true }',
      '$.map: { equals: { a: [1], b: 2.0 } }',
      '$.map: { contains: { b: 2 } }',
      '$.map: { not: { equals: { b: 2 } }, type: object }',
      '$.name: { matches: ^A.a$ }',
      '$.name: { matches: (?i)ADA, contains: d, not: Bob }',
      '$.id: { atLeast: 12345678901234567889, atMost: 12345678901234567890 }',
      '$.id: { not: { atLeast: 12345678901234567891 } }',
      '$.price: { type: number, not: { type: integer } }',
      '$.big: { type: integer }',
      '$.five: { type: [number, string] }',
      '$.__proto__: own',
      '$.constructor: 1',
      '"$[\'a b\']": spaced',
      'text: { contains: Ada, matches: "\\"five\\": *\\"5\\"" }',
    ],
    true,
  );
});

describe('what does not hold', () => {
  holds(
    [
      '$.id: 12345678901234567891',
      '$.price: 1.11',
      '$.price: "1.10"',
      '$.five: 5',
      '$.five: { atLeast: 1 }',
      '$.name: ada',
      '$.none: { exists: false }',
      '$.nothing: null',
      '$.nothing: { not: open }',
      '$.nothing: { length: 0 }',
      '$.name: { length: { atLeast: 4 } }',
      '$.tags: { contains: old }',
      '$.tags: [sale, new]',
      '$.items: { contains: { status: gone } }',
      '$.items[*].id: [1]',
      '$.items[*].id: 1',
      '$.name: { matches: ^B, contains: A }',
      '$.yes: "true"',
      '$.toString: { exists: true }',
      '/order: 1',
    ],
    false,
  );
});

describe('headers', () => {
  const sent = answered('', {
    headers: [
      ['X-Count', '5'],
      ['X-List', 'a'],
      ['x-list', 'b'],
      ['X-Flag', 'true'],
    ],
  });
  it('are text that may stand for what it says', async () => {
    const lines =
      'expect: { headers: { x-count: 5.0, X-COUNT: 1, x-flag: true, x-list: "a, b", x-none: { exists: false } } }';
    assert.deepEqual(await broken(lines, sent), ['header X-COUNT equals 1: "5"']);
    assert.deepEqual(
      await broken('expect: { headers: { x-count: { atLeast: 5, atMost: 5, matches: ^.$ } } }', sent),
      [],
    );
  });
  it('that are not there hold nothing', async () => {
    assert.deepEqual(await broken('expect: { headers: { x-none: a } }', sent), ['header x-none equals "a": nothing']);
  });
});

describe('measures', () => {
  const sent = answered('hello', { duration: 812.4 });
  it('time', async () => {
    assert.deepEqual(await broken('expect: { time: { atMost: 1s, atLeast: 800ms } }', sent), []);
    assert.deepEqual(await broken('expect: { time: { atMost: 800ms } }', sent), ['time is at most 800 ms: 812 ms']);
  });
  it('size', async () => {
    assert.deepEqual(await broken('expect: { size: 5 }', sent), []);
    assert.deepEqual(await broken('expect: { size: { atLeast: 1kB } }', sent), [
      'size is at least 1000 bytes: 5 bytes',
    ]);
  });
  it('sha256', async () => {
    const digest = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    assert.deepEqual(await broken(`expect: { sha256: ${digest.toUpperCase()} }`, sent), []);
    assert.deepEqual(await broken(`expect: { sha256: ${'0'.repeat(64)} }`, sent), [
      `SHA-256 equals ${'0'.repeat(64)}: ${digest}`,
    ]);
  });
});

describe('what is said of it', () => {
  const table: readonly (readonly [row: string, said: string])[] = [
    ['$.items[0].status: shut', 'body $.items[0].status equals "shut": "open"'],
    [
      '$.items: { length: { atLeast: 3 } }',
      'body $.items has a length that is at least 3: [{"id":1,"status":"open"},{"id":2,"status":"closed"}]',
    ],
    ['$.price: { atMost: 1 }', 'body $.price is at most 1: 1.10'],
    ['$.x: { exists: true, type: string }', 'body $.x exists and is of type string: nothing'],
    ['$.name: { not: { matches: ^A } }', 'body $.name not (matches ^A): "Ada"'],
    ['$..status: { oneOf: [[a], [b]] }', 'body $..status is one of [["a"],["b"]]: ["open","closed"]'],
  ];
  for (const [row, said] of table) {
    it(said, async () => assert.deepEqual(await broken(`expect:\n  body:\n    ${row}`, order), [said]));
  }
  it('is one entry for each, held or not', async () => {
    const { ok, expectations } = await examine(
      'expect:\n  status: 2xx\n  body: { $.yes: true }\n  time: { atMost: 1s }',
      order,
    );
    assert.equal(ok, true);
    assert.deepEqual(expectations, [
      { what: 'status 2xx', ok: true, actual: 200 },
      { what: 'body $.yes equals true', ok: true, actual: 'true' },
      { what: 'time is at most 1000 ms', ok: true, actual: '100 ms' },
    ]);
  });
  it('is shortened', async () => {
    const [said = ''] = await broken('expect: { body: { text: no } }', answered('x'.repeat(10_000_000)));
    assert.ok(said.length < 300 && said.endsWith('…'), said);
  });
});

describe('bodies that are not what they should be', () => {
  const path = 'expect: { body: { $.a: 1 } }';
  const table: readonly (readonly [body: string, actual: string])[] = [
    ['<!doctype html><title>Bad gateway</title>', 'HTML, not JSON'],
    ['<error/>', 'XML, not JSON'],
    ['', 'no body'],
    ['{"a":\n 1,}', 'no valid JSON: line 2, column 4'],
    ['{"a":1} x', 'no valid JSON: line 1, column 9'],
  ];
  for (const [body, actual] of table) {
    it(actual, async () => assert.deepEqual(await broken(path, answered(body)), [`body $.a equals 1: ${actual}`]));
  }
  it('nothing arrived', async () => {
    const all =
      'expect:\n  status: 5xx\n  headers: { a: 1 }\n  body: { $.a: 1 }\n  schema: {}\n  time: { atMost: 1s }\n  size: 1\n  sha256: ';
    const results = await broken(`${all}${'0'.repeat(64)}\ncapture: { id: $.id }`, refusedExchange);
    assert.equal(results.length, 8);
    assert.deepEqual(results.at(-1), 'capture id from $.id: no response');
  });
  it('depth costs no stack', async () => {
    const deep = answered(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    assert.deepEqual(await broken('expect: { body: { $..x: [] } }', deep), []);
  });
});

describe('status', () => {
  it('decides where it is expected, else below 400 is fine', async () => {
    const ok = async (lines: string, status: number): Promise<boolean> =>
      (await examine(lines, answered('', { status }))).ok;
    for (const [status, fine] of [
      [200, true],
      [302, true],
      [399, true],
      [400, false],
      [500, false],
    ] as const) {
      assert.equal(await ok('expect: { size: 0 }', status), fine);
    }
    assert.equal(await ok('expect: { status: [2xx, 404] }', 404), true);
    assert.equal(await ok('expect: { status: [2xx, 404] }', 300), false);
    assert.equal(await ok('expect: { status: 201 }', 200), false);
  });
});

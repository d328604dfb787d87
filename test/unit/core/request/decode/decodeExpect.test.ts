import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';
import { summary } from '../../../../helpers/requestFiles';

function file(lines: string): string {
  return `requests:\n  a:\n    get: https://a.test/\n${lines.replace(/^/gm, '    ')}\n`;
}

function faults(lines: string): readonly string[] {
  const text = file(lines);
  return summary(text, parseRequestFile(text).diagnostics);
}

function table(rows: readonly (readonly [lines: string, ...expected: string[]])[]): void {
  for (const [lines, ...expected] of rows) {
    it(lines.replace(/\s*\n\s*/g, ' '), () => assert.deepEqual(faults(lines), expected));
  }
}

describe('expectations that are fine', () => {
  table([
    ['expect: null'],
    ['expect: {}'],
    ['expect: { status: [2xx, 404], headers: { Content-Type: { contains: json } }, time: { atMost: 800ms } }'],
    ['expect: { size: 0 }'],
    ['expect: { size: { atMost: 5MB, atLeast: 1kB } }'],
    ['expect: { size: { atMost: "${limit}" } }'],
    [`expect: { sha256: ${'0aF1'.repeat(16)} }`],
    ['expect: { sha256: "${digest}" }'],
    ['expect: { schema: ./schemas/order.json }'],
    ['expect: { schema: { type: object, required: [id] } }'],
    ['expect: { schema: false }'],
    ['expect:\n  body:\n    $.items: { length: { atLeast: 1 } }\n    $.items[0].status: open'],
    ['expect:\n  body:\n    "$[\'a b\']": null\n    $..id: [1, 2]'],
    ['expect:\n  body:\n    /order/@id: 12\n    count(//item): 3\n    (//item)[1]: A\n    text: { contains: x }'],
    ['expect:\n  body:\n    $.a: { not: { oneOf: [1, 2] }, exists: true, type: [string, null] }'],
    ['expect:\n  body:\n    $.a: { equals: { any: map } }'],
    ['expect:\n  body:\n    $.a: { oneOf: "${list}", matches: "^${prefix}", atLeast: "${n}" }'],
    ['expect:\n  body:\n    $.a: { matches: "(?i)^ord-\\\\d+$" }'],
    ['expect: { x-note: anything, body: { x-note: anything } }'],
  ]);
});

describe('expectations that are not', () => {
  table([
    ['expect: 200', 'error request.wrongKind «200»'],
    ['expect: { statuss: 200 }', 'error request.unknownKey «statuss»'],
    ['expect: { status: 42 }', 'error request.badStatus «42»'],
    ['expect: { status: [] }', 'error request.wrongKind «[]»'],
    ['expect: { headers: [a] }', 'error request.wrongKind «[a]»'],
    ['expect: { headers: { "a b": 1 } }', 'error request.badHeaderName «"a b"»'],
    ['expect: { body: open }', 'error request.wrongKind «open»'],
    ['expect: { time: 800ms }', 'error request.wrongKind «800ms»'],
    ['expect: { time: {} }', 'error request.wrongKind «{}»'],
    ['expect: { time: { atMost: 800 } }', 'error request.badDuration «800»'],
    ['expect: { time: { most: 1s } }', 'error request.unknownKeyHere «most»'],
    ['expect: { size: huge }', 'error request.badSize «huge»'],
    ['expect: { size: { atMost: 5Mb } }', 'error request.badSize «5Mb»'],
    ['expect: { size: { atMost: [5] } }', 'error request.badSize «[5]»'],
    ['expect: { sha256: 12 }', 'error request.wrongKind «12»'],
    ['expect: { schema: [a] }', 'error request.wrongKind «[a]»'],
    ['expect:\n  body:\n    $.a: { contain: 1 }', 'error request.unknownKey «contain»'],
    ['expect:\n  body:\n    $.a: { id: 1, name: x }', 'error expect.literalMap «{ id: 1, name: x }»'],
    ['expect:\n  body:\n    $.a: { exists: 1 }', 'error request.wrongKind «1»'],
    ['expect:\n  body:\n    $.a: { type: text }', 'error request.unknownValue «text»'],
    ['expect:\n  body:\n    $.a: { oneOf: 1 }', 'error request.wrongKind «1»'],
    ['expect:\n  body:\n    $.a: { atLeast: many }', 'error request.wrongKind «many»'],
    ['expect:\n  body:\n    $.a: { matches: "a(" }', 'error expect.badPattern «"a("»'],
    ['expect:\n  body:\n    $.a: { matches: (a)\\1 }', 'error expect.badPattern «(a)\\1»'],
    ['expect:\n  body:\n    $.a: {}', 'error request.wrongKind «{}»'],
    ['expect:\n  body:\n    items[0].id: 1', 'error expect.noPath «items[0].id»'],
    ['expect:\n  body:\n    $.items[: 1', 'error expect.badJsonPath «[»'],
    ['expect:\n  body:\n    "$.a b": 1', 'error expect.badJsonPath « b»'],
    ['expect:\n  body:\n    $.items[?@.a=b]: 1', 'error expect.badJsonPath «=b]»'],
    ['expect:\n  body:\n    /a[1: 1', 'error expect.badXPath «1»'],
    ['expect:\n  body:\n    frob(//a): 1', 'error expect.badXPath «frob(//a)»'],
    ['expect:\n  body:\n    /a[$x]: 1', 'error expect.badXPath «$x]»'],
  ]);
});

describe('captures', () => {
  table([
    ['capture: null'],
    ['capture: { id: "$.items[0].id", all: "$..id", at: /order/@id, n: count(//a), s: status, b: body, u: url }'],
    ['capture: { where: "header:Location", session: "cookie:sid", n: "regex:id=(\\\\d+)" }'],
    ['capture: { token: { from: $.access_token, secret: true } }'],
    ['capture: { x-note: anything }'],
    ['capture: $.id', 'error request.wrongKind «$.id»'],
    ['capture: { id: { secret: true } }', 'error request.wrongKind «{ secret: true }»'],
    ['capture: { id: { from: $.id, secret: yes } }', 'error request.wrongKind «yes»'],
    ['capture: { id: { form: $.id } }', 'error request.unknownKey «form»'],
    ['capture: { id: [$.id] }', 'error request.wrongKind «[$.id]»'],
    ['capture: { id: statsu }', 'error capture.unknownSource «statsu»'],
    ['capture: { id: "heaader:Location" }', 'error capture.unknownSource «"heaader:Location"»'],
    ['capture: { id: "header:" }', 'error capture.noName «"header:"»'],
    ['capture: { id: "regex:(" }', 'error expect.badPattern «"regex:("»'],
    ['capture:\n  id: $.a[*', 'error expect.badJsonPath «*»'],
    ['capture: { a.b: $.id }', 'error request.badName «a.b»'],
    ['capture: { id: "$[\'${x}\']" }', 'warning capture.notExpanded «"$[\'${x}\']"»'],
  ]);
});

it('a mistake in an expectation stops its request and no other', () => {
  const { requests, faults: ofFile } = parseRequestFile(
    'requests:\n  a: { get: /, expect: { body: { id: 1 } } }\n  b: { get: / }\n',
  );
  assert.deepEqual(ofFile, []);
  assert.deepEqual(
    requests.map((request) => request.faults.map(({ code }) => code)),
    [['expect.noPath'], []],
  );
});

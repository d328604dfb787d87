import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import type { RequestFile } from '../../../../src/core/request/model';
import { summary } from '../../../helpers/requestFiles';

function found(text: string): readonly string[] {
  return summary(text, parseRequestFile(text).diagnostics);
}

/** The faults of a file with one request `a` of these lines. */
function inRequest(lines: string): readonly string[] {
  return found(`requests:\n  a:\n    ${lines.replaceAll('\n', '\n    ')}\n`);
}

describe('a request file', () => {
  const text = `variables: { status: open }
baseUrl: https://api.example
auth: acme
headers: { Accept: application/json }
timeout: 30s
redirects: 3
requests:
  list:
    name: All orders
    description: Newest first
    tags: [orders, smoke]
    get: /orders
    query: { status: "\${status}" }
    variables: { limit: 5 }
    expect: { status: 200 }
  purge:
    method: PURGE
    url: https://cache.example/all
    auth: { connection: acme, account: admin, scopes: [purge] }
    timeout: { connect: 250ms, headers: 2m, idle: 1h, total: null }
    redirects: 0
    form: { a: [1, 2] }
    expect: { status: [2xx, 404] }
`;

  it('is decoded without complaint', () => {
    const file = parseRequestFile(text);
    assert.deepEqual(file.diagnostics, []);
    assert.deepEqual(file.faults, []);
    assert.deepEqual([...file.variables.keys()], ['status']);
    assert.equal(file.settings.timeout.total, 30_000);
    assert.equal(file.settings.redirects, 3);
    assert.equal(file.settings.auth?.kind, 'connection');
  });

  it('gives every request its parts', () => {
    const [list, purge] = parseRequestFile(text).requests;
    assert.ok(list && purge);
    assert.deepEqual(
      [list.name, list.title, list.description, list.tags, list.method, list.url?.parts, list.expect?.status],
      ['list', 'All orders', 'Newest first', ['orders', 'smoke'], 'GET', ['/orders'], [200]],
    );
    assert.deepEqual(
      [purge.title, purge.method, purge.body?.kind, purge.expect?.status],
      ['purge', 'PURGE', 'form', ['2xx', 404]],
    );
    assert.deepEqual(purge.settings.timeout, { connect: 250, headers: 120_000, idle: 3_600_000, total: null });
    assert.equal(purge.settings.redirects, 0);
  });

  it('gives every request its place', () => {
    const [list, purge] = parseRequestFile(text).requests;
    assert.ok(list && purge);
    const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.equal(cut(list.nameRange), 'list');
    assert.match(cut(list.range), /^list:\n[^]*expect: \{ status: 200 \}$/);
    assert.match(cut(list.extent), /^ {2}list:\n[^]*200 \}\n$/);
    assert.match(cut(purge.extent), /^ {2}purge:\n[^]*404\] \}\n$/);
  });
});

describe('faults of one request', () => {
  const table: readonly (readonly [name: string, lines: string, expected: readonly string[]])[] = [
    ['unknown key with a near one', 'gte: /x', ['error request.missingMethod «a»', 'error request.unknownKey «gte»']],
    ['unknown key with nothing near', 'get: /x\nfrobnicate: 1', ['error request.unknownKeyHere «frobnicate»']],
    ['key of the prototype', 'get: /x\nconstructor: 1', ['error request.unknownKeyHere «constructor»']],
    ['x- keys are passed over', 'get: /x\nx-owner: me', []],
    ['duplicate key', 'get: /x\nget: /y', ['error yaml.duplicateKey «get»']],
    ['two methods', 'get: /x\npost: /y', ['error request.twoMethods «post»']],
    ['method beside a shortcut', 'get: /x\nmethod: PUT', ['error request.twoMethods «method»']],
    ['method without url', 'method: PURGE', ['error request.missingUrl «method»']],
    ['url without method', 'url: /x', ['error request.urlAlone «a»']],
    ['no URL', 'get:', ['error request.missingUrl «get»']],
    ['URL that is a map', 'get: { a: b }', ['error request.wrongKind «{ a: b }»']],
    ['method that is no token', 'method: "A B"\nurl: /x', ['error request.badMethod «"A B"»']],
    ['CONNECT', 'method: connect\nurl: /x', ['error request.badMethod «connect»']],
    ['two bodies', 'post: /x\njson: {}\ntext: a', ['error request.twoBodies «text»']],
    ['headers that are a list', 'get: /x\nheaders: [a]', ['error request.wrongKind «[a]»']],
    ['header that is a map', 'get: /x\nheaders: { A: { b: c } }', ['error request.wrongKind «{ b: c }»']],
    ['header name that is no token', 'get: /x\nheaders: { "A B": c }', ['error request.badHeaderName «"A B"»']],
    ['header twice', 'get: /x\nheaders: { Accept: a, accept: b }', ['error request.duplicateHeader «accept»']],
    ['list in a list', 'get: /x\nquery: { a: [[1]] }', ['error request.wrongKind «[1]»']],
    ['timeout without a unit', 'get: /x\ntimeout: 30', ['error request.badDuration «30»']],
    ['timeout of another unit', 'get: /x\ntimeout: 2 days', ['error request.badDuration «2 days»']],
    ['unknown phase', 'get: /x\ntimeout: { conect: 1s }', ['error request.unknownKey «conect»']],
    ['redirects below zero', 'get: /x\nredirects: -1', ['error request.wrongKind «-1»']],
    ['redirects not whole', 'get: /x\nredirects: 1.5', ['error request.wrongKind «1.5»']],
    ['status that is none', 'get: /x\nexpect: { status: 999 }', ['error request.badStatus «999»']],
    ['class that is none', 'get: /x\nexpect: { status: [6xx] }', ['error request.badStatus «6xx»']],
    ['no status at all', 'get: /x\nexpect: { status: [] }', ['error request.wrongKind «[]»']],
    ['unknown expectation', 'get: /x\nexpect: { statsu: 200 }', ['error request.unknownKey «statsu»']],
    ['auth that is a number', 'get: /x\nauth: 5', ['error request.wrongKind «5»']],
    ['auth without a connection', 'get: /x\nauth: { account: a }', ['error request.wrongKind «{ account: a }»']],
    ['a name with a dot', 'get: /x\nvariables: { a.b: 1 }', ['error request.badName «a.b»']],
    ['a name that is built in', 'get: /x\nvariables: { uuid: 1 }', ['warning variable.reserved «uuid»']],
  ];
  for (const [name, lines, expected] of table) {
    it(name, () => assert.deepEqual(inRequest(lines), expected));
  }

  it('names the nearest key', () => {
    const [fault] = parseRequestFile('requests:\n  a:\n    get: /x\n    heders: { A: b }').diagnostics;
    assert.deepEqual(fault?.data, { key: 'heders', place: 'a request', nearest: 'headers' });
  });
});

describe('streams and sockets', () => {
  const table: readonly (readonly [name: string, lines: string, expected: readonly string[]])[] = [
    ['a socket without messages', 'websocket: wss://x.example/feed', []],
    [
      'messages of every form',
      'websocket: /feed\nmessages: [hello, { json: { a: 1 } }, { text: 7, after: 1s }, { file: ./x.bin }, { base64: aGk }]',
      [],
    ],
    ['one message', 'websocket: /feed\nmessages: hello', []],
    ['messages without a socket', 'get: /x\nmessages: [hello]', ['error request.messagesAlone «messages»']],
    [
      'a message without content',
      'websocket: /feed\nmessages: [{ after: 1s }]',
      ['error request.emptyMessage «{ after: 1s }»'],
    ],
    ['a message that is two', 'websocket: /feed\nmessages: [{ text: a, json: 1 }]', ['error request.wrongKind «json»']],
    ['a socket with a method', 'websocket: /feed\nget: /x', ['error request.twoMethods «get»']],
    ['every way to stop', 'get: /x\nstop: { events: 5, after: 10s, matches: "done|failed" }', []],
    ['no events at all', 'get: /x\nstop: { events: 0 }', ['error request.wrongKind «0»']],
    ['an expression that is none', 'get: /x\nstop: { matches: "(" }', ['error expect.badPattern «"("»']],
    ['cookies', 'get: /x\ncookies: off', []],
    ['cookies, otherwise', 'get: /x\ncookies: never', ['error request.unknownValue «never»']],
  ];
  for (const [name, lines, expected] of table) it(name, () => assert.deepEqual(inRequest(lines), expected));

  it('a socket with a body', () => {
    const codes = inRequest('websocket: /feed\njson: { a: 1 }').map((text) => text.split(' ')[1]);
    assert.deepEqual(codes, ['request.socketBody']);
  });

  it('auth: auto', () => assert.deepEqual(inRequest('get: /x\nauth: auto'), []));
});

describe('one fault does not spread', () => {
  function faulty(file: RequestFile): readonly string[] {
    return file.requests.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
  }

  const table: readonly (readonly [name: string, lines: string])[] = [
    ['unknown key', 'get: /b\n    gte: /x'],
    ['syntax error', 'get: "a" b'],
    ['quote that is not closed', 'get: "/b'],
    ['duplicate key', 'get: /b\n    get: /b'],
    ['expression without quotes', 'get: /b\n    query: { a: ${a} }'],
    ['double braces', 'get: {{host}}/b'],
    ['unknown alias', 'get: *b'],
    ['not supported', 'cookies: no\n    post: /b'],
    ['tag', 'get: !!str /b'],
    ['nothing', ''],
    ['a text', 'GET /b'],
  ];
  for (const [name, lines] of table) {
    it(name, () => {
      const file = parseRequestFile(`requests:\n  a:\n    get: /a\n  b:\n    ${lines}\n  c:\n    get: /c\n`);
      assert.deepEqual(
        file.requests.map((request) => request.name),
        ['a', 'b', 'c'],
      );
      assert.deepEqual(faulty(file), ['b']);
      assert.deepEqual(file.faults, []);
      const [first, , last] = file.requests;
      assert.deepEqual([first?.url?.parts, last?.url?.parts], [['/a'], ['/c']]);
    });
  }

  it('a name that is there twice', () => {
    const file = parseRequestFile('requests:\n  a: { get: /1 }\n  a: { get: /2 }\n  b: { get: /3 }');
    assert.deepEqual(
      file.requests.map(({ name, faults }) => [name, faults.length]),
      [
        ['a', 0],
        ['a', 1],
        ['b', 0],
      ],
    );
  });

  it('a value that an alias repeats is faulty in both places and diagnosed once', () => {
    const file = parseRequestFile('requests:\n  a: &a { get: /1, foo: 1 }\n  b: *a\n  c: { get: /2 }');
    assert.deepEqual(faulty(file), ['a', 'b']);
    assert.equal(file.diagnostics.length, 1);
  });

  it('a faulty variable belongs to nobody but its users', () => {
    const file = parseRequestFile('variables: { a: "${secrt:x}", b: 1 }\nrequests: { r: { get: /x } }');
    assert.deepEqual(file.faults, []);
    assert.deepEqual(faulty(file), []);
    assert.equal(file.variables.get('a')?.faults.length, 1);
    assert.equal(file.variables.get('b')?.faults.length, 0);
  });

  for (const top of ['heders: { A: b }', 'redirects: x', '<<: {}', 'a: b: c']) {
    it(`but this at the top makes the whole file doubtful: ${top}`, () => {
      assert.ok(parseRequestFile(`${top}\nrequests:\n  a: { get: /x }\n`).faults.length > 0);
    });
  }
});

describe('files that are not maps', () => {
  const table: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['', []],
    ['# nothing yet', []],
    ['null', []],
    ['requests:', []],
    ['hello', ['error request.wrongKind «hello»']],
    ['- a', ['error request.wrongKind «- a»']],
    ['requests: [a]', ['error request.wrongKind «[a]»']],
  ];
  for (const [text, expected] of table) {
    it(JSON.stringify(text), () => assert.deepEqual(found(text), expected));
  }
});

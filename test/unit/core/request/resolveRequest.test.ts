import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nothingExpected } from '../../../../src/core/expect/expectations';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { resolveRequest } from '../../../../src/core/request/resolveRequest';
import { noSupplies } from '../../../../src/core/request/resolve/supplies';
import {
  bodyText,
  countingRandom,
  fixedClock,
  headerLines,
  refused,
  resolve,
  resolved,
  urlText,
} from '../../../helpers/requestFiles';

/** A file with one request `a` of these lines, which stands below these top-level lines. */
function file(lines: string, top = ''): string {
  return `${top}\nrequests:\n  a:\n    ${lines.replaceAll('\n', '\n    ')}\n`;
}

describe('the URL', () => {
  const table: readonly (readonly [base: string | undefined, url: string, expected: string])[] = [
    [undefined, 'https://a.example', 'https://a.example/'],
    [undefined, 'HTTP://A.example:80/X', 'http://a.example/X'],
    ['https://a.example', '/x', 'https://a.example/x'],
    ['https://a.example/', '/x', 'https://a.example/x'],
    ['https://a.example/', 'x', 'https://a.example/x'],
    ['https://a.example/v1', 'x', 'https://a.example/v1/x'],
    ['https://a.example/v1/', '/x', 'https://a.example/v1/x'],
    ['https://a.example/v1', '""', 'https://a.example/v1'],
    ['https://a.example/v1', '?x=1', 'https://a.example/v1?x=1'],
    ['https://a.example/v1', '//evil.example/x', 'https://a.example/v1//evil.example/x'],
    ['https://a.example/v1', 'https://b.example/x', 'https://b.example/x'],
    ['https://a.example', '/a b/ü?q=a b&r="x"', 'https://a.example/a%20b/%C3%BC?q=a%20b&r=%22x%22'],
    ['https://a.example', '/100%/%41/%zz', 'https://a.example/100%25/%41/%25zz'],
    ['https://a.example', '/a\\b|c^d`e', 'https://a.example/a%5Cb%7Cc%5Ed%60e'],
    ['https://a.example', '/x?filter[name]=a&b=c;d', 'https://a.example/x?filter[name]=a&b=c;d'],
    ['https://bücher.example', '/', 'https://xn--bcher-kva.example/'],
  ];
  for (const [base, url, expected] of table) {
    it(`${base ?? 'no base'} and ${url} is ${expected}`, () => {
      const top = base === undefined ? '' : `baseUrl: "${base}"`;
      const quoted = url.startsWith('"') ? url : `'${url}'`;
      assert.equal(urlText(resolved(file(`get: ${quoted}`, top))), expected);
    });
  }

  it('takes the query after what is there, in file order', () => {
    const request = resolved(file('get: https://a.example/x?z=1\nquery: { b: 2, a: 1 }'));
    assert.equal(urlText(request), 'https://a.example/x?z=1&b=2&a=1');
  });

  it('encodes what the query says, entirely', () => {
    const request = resolved(file('get: https://a.example/\nquery: { "a&b": "c=d&e f+g#h/ü%20\'" }'));
    assert.equal(urlText(request), 'https://a.example/?a%26b=c%3Dd%26e%20f%2Bg%23h%2F%C3%BC%2520%27');
  });

  it('repeats a list, leaves out null, keeps the empty', () => {
    const request = resolved(
      file(
        'get: https://a.example/\nquery: { a: [1, two, true], b: null, c: "", d: [], e: "${list}" }',
        'variables: { list: [x, y] }',
      ),
    );
    assert.equal(urlText(request), 'https://a.example/?a=1&a=two&a=true&c=&e=x&e=y');
  });

  it('puts variables in raw, and all encoded with |url', () => {
    const top = 'variables: { v: "a/b c?d" }';
    assert.equal(urlText(resolved(file('get: https://a.example/${v}', top))), 'https://a.example/a/b%20c?d');
    assert.equal(urlText(resolved(file('get: https://a.example/${v|url}', top))), 'https://a.example/a%2Fb%20c%3Fd');
  });

  it('loses its fragment, with a warning', () => {
    const result = resolve(file('get: https://a.example/x#y\nquery: { a: 1 }'));
    assert.ok(result.ok);
    assert.equal(urlText(result.request), 'https://a.example/x?a=1');
    assert.deepEqual(
      result.diagnostics.map(({ code, severity }) => [code, severity]),
      [['request.urlFragment', 'warning']],
    );
  });

  const refusedUrls: readonly (readonly [url: string, code: string])[] = [
    ['/x', 'request.relativeUrl'],
    ['localhost:8080/x', 'request.relativeUrl'],
    ['//a.example/x', 'request.relativeUrl'],
    ['ftp://a.example/x', 'request.badScheme'],
    ['wss://a.example/x', 'request.socketScheme'],
    ['file:///etc/passwd', 'request.badScheme'],
    ['javascript://a.example/%0aalert(1)', 'request.badScheme'],
    ['https://', 'request.badUrl'],
    ['https://a b/', 'request.badUrl'],
    ['https://a.example:99999/', 'request.badUrl'],
    ['https://user:pw@a.example/', 'request.urlCredentials'],
    ['https://user@a.example/', 'request.urlCredentials'],
  ];
  for (const [url, code] of refusedUrls) {
    it(`${url} is refused`, () => assert.deepEqual(refused(file(`get: "${url}"`)), [`error ${code} «"${url}"»`]));
  }
});

describe('messages of a WebSocket', () => {
  it('are texts, JSON, files and bytes, each with its variables', () => {
    const text = file(
      'websocket: wss://a.example/\nmessages: [hi, { json: { a: "${v}" } }, { file: "./${v}.bin", after: 1s }, { base64: "${v}Q" }]',
      'variables: { v: aGk }',
    );
    assert.deepEqual(resolved(text).socket?.messages, [
      { text: 'hi', after: 0 },
      { text: '{"a":"aGk"}', after: 0 },
      { file: { path: 'aGk.bin' }, after: 1000 },
      { base64: 'aGkQ', after: 0 },
    ]);
  });

  it('that are not base64, or files out of the folder, are refused', () => {
    const messages = (text: string): string => file(`websocket: wss://a.example/\nmessages: [${text}]`);
    for (const good of ['aGVsbG8=', 'aGVsbG8', '"_-8"', '""'])
      assert.ok(resolved(messages(`{ base64: ${good} }`)).socket, good);
    for (const bad of ['aGVsb', 'hello!', 'aGVs=bG8='])
      assert.deepEqual(refused(messages(`{ base64: ${bad} }`)), [`error request.badBase64 «${bad}»`]);
    assert.deepEqual(refused(messages('{ file: ../../x.bin }')), ['error expression.fileOutside «../../x.bin»']);
  });
});

describe('headers', () => {
  const project = 'defaults: { headers: { Accept: text/plain, X-Project: p, X-Gone: g } }';

  it('merge ignoring case, nearest last, and null removes', () => {
    const text = file(
      'get: https://a.example/\nheaders: { ACCEPT: a/b, x-gone: null, X-List: [1, 2] }',
      'headers: { X-File: f, X-Project: q }',
    );
    assert.deepEqual(headerLines(resolved(text, { project })), [
      'ACCEPT: a/b',
      'X-Project: q',
      'X-File: f',
      'X-List: 1',
      'X-List: 2',
    ]);
  });

  it('are sent as they are written', () => {
    assert.deepEqual(
      headerLines(
        resolved(
          file(
            'get: https://a.example/\nheaders: { X-Zip: 01234, X-Price: 1.10, X-Flag: true, If-None-Match: \'"abc"\' }',
          ),
        ),
      ),
      ['X-Zip: 01234', 'X-Price: 1.10', 'X-Flag: true', 'If-None-Match: "abc"'],
    );
  });

  for (const value of ['"a\\nb"', '"a\\r\\nX: y"', '"snowman ☃"', '"a\\0b"']) {
    it(`${value} cannot be sent`, () => {
      assert.deepEqual(refused(file(`get: https://a.example/\nheaders: { A: ${value} }`)), [
        `error request.badHeaderValue «${value}»`,
      ]);
    });
  }

  it('cannot be split by a variable either', () => {
    const text = file('get: https://a.example/\nheaders:\n  A: x${v}', 'variables: { v: "1\\nX-Evil: 2" }');
    assert.deepEqual(refused(text), ['error request.badHeaderValue «x${v}»']);
  });
});

describe('bodies', () => {
  const json = (value: string, top = ''): string =>
    bodyText(resolved(file(`post: https://a.example/\njson: ${value}`, top)));

  const table: readonly (readonly [yaml: string, expected: string])[] = [
    ['{ state: closed, zip: 01234, price: 1.10 }', '{"state":"closed","zip":"01234","price":1.10}'],
    ['12345678901234567890', '12345678901234567890'],
    ['[1e400, -0, 1E+2]', '[1e400,-0,1E+2]'],
    [
      '{ a: true, b: "true", c: null, d: no, e: 2001-12-14, f: }',
      '{"a":true,"b":"true","c":null,"d":"no","e":"2001-12-14","f":null}',
    ],
    ['{ true: 1, 1.10: 2, __proto__: 3 }', '{"true":1,"1.10":2,"__proto__":3}'],
    ['"a\\"\\n\\u2028ü😀"', '"a\\"\\n\u2028ü😀"'],
    ['[]', '[]'],
    ['{}', '{}'],
    ['{ "${k}": "$${v}" }', '{"${k}":"${v}"}'],
  ];
  for (const [yaml, expected] of table) it(`json ${yaml}`, () => assert.equal(json(yaml), expected));

  const top =
    'variables: { n: 1.10, big: 12345678901234567890, t: "5", b: true, z: null, l: [1, { a: 2.0 }], s: "a b" }';
  const typed: readonly (readonly [yaml: string, expected: string])[] = [
    ['{ a: "${n}", b: "${big}", c: "${b}", d: "${z}" }', '{"a":1.10,"b":12345678901234567890,"c":true,"d":null}'],
    ['{ a: "${l}" }', '{"a":[1,{"a":2.0}]}'],
    ['{ a: "${t}", b: "${t|json}", c: "x${n}", d: "${n|json}" }', '{"a":"5","b":5,"c":"x1.10","d":1.10}'],
    ['{ a: "${l|json|base64}" }', `{"a":"${btoa('[1,{"a":2.0}]')}"}`],
    ['{ a: "${random:7..7}" }', '{"a":7}'],
    ['{ a: "${now}" }', '{"a":"2030-01-31T12:00:00.000Z"}'],
    ['{ a: "${now:+1h|unix}" }', `{"a":${Date.UTC(2030, 0, 31, 13) / 1000}}`],
    ['{ a: "${s|url}" }', '{"a":"a%20b"}'],
  ];
  for (const [yaml, expected] of typed) it(`json ${yaml}`, () => assert.equal(json(yaml, top), expected));

  it('text is text, with JSON put in where it is asked for', () => {
    const request = resolved(file('post: https://a.example/\ntext: "${s} ${n} ${b} ${l|json} ${s|json}"', top));
    assert.equal(bodyText(request), 'a b 1.10 true [1,{"a":2.0}] "a b"');
    assert.deepEqual(headerLines(request), ['Content-Type: text/plain; charset=utf-8']);
  });

  it('form is encoded as forms are', () => {
    const request = resolved(file('post: https://a.example/\nform: { a: [1, "b c"], d: "ü&=", e: null, f: 1.10 }'));
    assert.equal(bodyText(request), 'a=1&a=b+c&d=%C3%BC%26%3D&f=1.10');
    assert.deepEqual(headerLines(request), ['Content-Type: application/x-www-form-urlencoded']);
  });

  it('json says that it is', () => {
    assert.deepEqual(headerLines(resolved(file('post: https://a.example/\njson: {}'))), [
      'Content-Type: application/json',
    ]);
  });

  it('unless the file says otherwise, in any case of letters', () => {
    const lines = 'post: https://a.example/\njson: {}\nheaders: { content-type: application/x+json }';
    assert.deepEqual(headerLines(resolved(file(lines))), ['content-type: application/x+json']);
  });

  it('or removes it', () => {
    const lines = 'post: https://a.example/\njson: {}\nheaders: { Content-Type: null }';
    assert.deepEqual(headerLines(resolved(file(lines))), []);
  });

  it('are not there when none is written', () =>
    assert.equal(resolved(file('get: https://a.example/')).body, undefined));

  const unfit: readonly (readonly [lines: string, expected: readonly string[]])[] = [
    ['text: "x ${l}"', ['error variable.notText «${l}»']],
    ['text: "x ${z}"', ['error variable.notText «${z}»']],
    ['json: "${s|json}"', ['error variable.notJson «${s|json}»']],
    ['json: "${s|unix}"', ['error variable.notADate «${s|unix}»']],
    ['json: "${l|url}"', ['error variable.notText «${l|url}»']],
  ];
  for (const [lines, expected] of unfit) {
    it(`${lines} does not fit`, () =>
      assert.deepEqual(refused(file(`post: https://a.example/\n${lines}`, top)), expected));
  }
});

describe('variables', () => {
  const project = `variables: { who: project, deep: "\${inner}!", inner: p }
environments: { one: { who: environment }, two: { only: 2 } }
`;
  const read = (lines: string, top: string, environment?: string): string =>
    bodyText(
      resolved(file(`post: https://a.example/\ntext: "\${who} \${deep}"\n${lines}`, top), {
        project,
        ...(environment === undefined ? {} : { environment }),
      }),
    );

  it('nearest first: request, file, environment, project', () => {
    assert.equal(read('', ''), 'project p!');
    assert.equal(read('', '', 'one'), 'environment p!');
    assert.equal(read('', 'variables: { who: file }', 'one'), 'file p!');
    assert.equal(read('variables: { who: request, inner: r }', 'variables: { who: file }', 'one'), 'request r!');
  });

  it('have one value per send', () => {
    const text = file(
      'post: https://a.example/${id}\ntext: "${id} ${other}"',
      'variables: { id: "${uuid}", other: "${uuid}" }',
    );
    const request = resolved(text);
    const [first, second] = bodyText(request).split(' ');
    assert.match(first ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(urlText(request), `https://a.example/${first ?? ''}`);
    assert.notEqual(first, second);
  });

  it('have a new one with the next send', () => {
    const parsed = parseRequestFile(file('get: "https://a.example/${uuid}"'));
    const [request] = parsed.requests;
    assert.ok(request);
    const random = countingRandom();
    const urls = [1, 2].map(() => {
      const result = resolveRequest({
        file: parsed,
        request,
        project: undefined,
        environment: undefined,
        clock: fixedClock,
        random,
        supplies: noSupplies,
        directory: '',
      });
      assert.ok(result.ok);
      return urlText(result.request);
    });
    assert.notEqual(urls[0], urls[1]);
  });

  it('are put in once: what they hold is not expanded again', () => {
    const top = 'variables: { a: "$${b}", b: never }';
    assert.equal(bodyText(resolved(file('post: https://a.example/\ntext: "${a}"', top))), '${b}');
  });

  const faults: readonly (readonly [name: string, lines: string, top: string, expected: readonly string[]])[] = [
    ['unknown', 'get: https://a.example/${x}', '', ['error variable.unknownHere «${x}»']],
    [
      'unknown, with a near one',
      'get: https://a.example/${stauts}',
      'variables: { status: 1 }',
      ['error variable.unknown «${stauts}»'],
    ],
    [
      'two unknown ones',
      'get: https://a.example/${x}/${y}',
      '',
      ['error variable.unknownHere «${x}»', 'error variable.unknownHere «${y}»'],
    ],
    [
      'unknown behind a variable',
      'get: https://a.example/${a}',
      'variables: { a: "${b}" }',
      ['error variable.unknownHere «${b}»'],
    ],
    ['cycle of one', 'get: https://a.example/${a}', 'variables: { a: "x${a}" }', ['error variable.cycle «${a}»']],
    [
      'cycle of three',
      'get: https://a.example/${a}',
      'variables: { a: "${b}", b: "${c}", c: "${a}" }',
      ['error variable.cycle «${a}»'],
    ],
    [
      'faulty variable',
      'get: https://a.example/${a}',
      'variables: { a: "${secrt:x}" }',
      ['error expression.unknownSource «${secrt:x}»'],
    ],
  ];
  for (const [name, lines, top, expected] of faults) {
    it(name, () => assert.deepEqual(refused(file(lines, top)), expected));
  }

  it('a cycle shows its chain', () => {
    const result = resolve(file('get: https://a.example/${a}', 'variables: { a: "${b}", b: "${c}", c: "${b}" }'));
    assert.ok(!result.ok);
    assert.deepEqual(
      result.diagnostics.map(({ data }) => data['chain']),
      ['b → c → b'],
    );
  });

  it('what waits for an environment says which', () => {
    const result = resolve(file('get: https://a.example/${only}'), { project });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.diagnostics.map(({ code, data }) => [code, data]),
      [['variable.needsEnvironment', { name: 'only', environments: 'two' }]],
    );
  });

  it('what the chosen environment lacks and another has says which', () => {
    const result = resolve(file('get: https://a.example/${only}'), { project, environment: 'one' });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.diagnostics.map(({ code, data }) => [code, data]),
      [['variable.notInEnvironment', { name: 'only', environment: 'one', environments: 'two' }]],
    );
  });

  it('faults in the project file are reported where they are met', () => {
    const faulty = 'variables: { a: "${b}", b: "${a}", c: "${nowhere}" }';
    const parsed = parseProjectFile(faulty);
    assert.deepEqual(parsed.diagnostics, []);
    const text = file('get: https://a.example/${a}/${c}', 'headers: { X: "${c}" }');
    assert.deepEqual(refused(text, { project: faulty }), [
      'error variable.unknownHere «${c}»',
      'error variable.cycle «${a}»',
      'error variable.unknownHere «${c}»',
    ]);
  });

  it('faults in project defaults are reported at the name of the request', () => {
    assert.deepEqual(refused(file('get: /x'), { project: 'defaults: { baseUrl: "${api}" }' }), [
      'error variable.unknownHere «a»',
    ]);
  });

  it('an environment that is gone is named', () => {
    assert.deepEqual(refused(file('get: https://a.example/'), { project, environment: 'oen' }), [
      'error request.unknownEnvironment «a»',
    ]);
  });
});

describe('settings', () => {
  it('come from project, file and request, and null removes', () => {
    const project =
      'defaults: { baseUrl: https://p.example, timeout: { connect: 1s, total: 9s }, redirects: 7, query: { k: p, l: p } }';
    const text = file(
      'get: /x\ntimeout: { connect: null, idle: 2s }\nquery: { l: null, m: r }',
      'timeout: 5s\nquery: { k: f }',
    );
    const request = resolved(text, { project });
    assert.deepEqual(request.timeouts, { connect: undefined, headers: undefined, idle: 2_000, total: 5_000 });
    assert.equal(request.redirects, 7);
    assert.equal(urlText(request), 'https://p.example/x?k=f&m=r');
  });

  it('have defaults', () => {
    const { redirects, timeouts, auth, expect, method } = resolved(file('trace: https://a.example/'));
    const none = undefined;
    assert.deepEqual(
      { redirects, timeouts, auth, expect, method },
      {
        redirects: 10,
        timeouts: { connect: none, headers: none, idle: none, total: none },
        auth: { kind: 'none' },
        expect: nothingExpected,
        method: 'TRACE',
      },
    );
  });

  it('methods keep their letters unless they are the known ones', () => {
    assert.equal(resolved(file('method: purge\nurl: https://a.example/')).method, 'purge');
    assert.equal(resolved(file('method: patch\nurl: https://a.example/')).method, 'PATCH');
  });
});

describe('auth', () => {
  const project = `connections:
  acme: { issuer: https://login.example, origins: [https://api.example] }
  half: { issuer: https://login.example }
  later: { issuer: "\${login}", origins: [https://api.example] }
environments: { one: { login: https://login.example } }
variables: { wanted: [a, b c] }
defaults: { auth: acme, baseUrl: https://api.example }
`;
  const auth = (lines: string, environment?: string): unknown =>
    resolved(file(lines), { project, ...(environment === undefined ? {} : { environment }) }).auth;

  it('names a connection', () => {
    const plain = { kind: 'connection', connection: 'acme', account: undefined, scopes: undefined };
    assert.deepEqual(auth('get: /x'), plain);
    assert.deepEqual(auth('get: /x\nauth: { connection: acme, account: admin, scopes: [x, "${wanted}"] }'), {
      ...plain,
      account: 'admin',
      scopes: ['x', 'a', 'b', 'c'],
    });
    assert.deepEqual(auth('get: /x\nauth: later', 'one'), { ...plain, connection: 'later' });
  });

  it('none and null take it away [#withholdToken]', () => {
    assert.deepEqual(auth('get: https://elsewhere.example/\nauth: none'), { kind: 'none' });
    assert.deepEqual(auth('get: https://elsewhere.example/\nauth: null'), { kind: 'none' });
  });

  const table: readonly (readonly [lines: string, expected: readonly string[]])[] = [
    ['get: /x\nauth: acmee', ['error request.unknownConnection «acmee»']],
    ['get: /x\nauth: nobody', ['error request.unknownConnectionHere «nobody»']],
    ['get: /x\nauth: constructor', ['error request.unknownConnectionHere «constructor»']],
    ['get: /x\nauth: half', ['error request.connectionFaulty «half»']],
    ['get: /x\nauth: later', ['error variable.needsEnvironment «later»']],
    ['get: https://evil.example/x', ['error request.originNotAllowed «https://evil.example/x»']],
    ['get: http://api.example/x', ['error request.originNotAllowed «http://api.example/x»']],
    ['get: https://api.example:8443/x', ['error request.originNotAllowed «https://api.example:8443/x»']],
    [
      'get: https://api.example.evil.example/x',
      ['error request.originNotAllowed «https://api.example.evil.example/x»'],
    ],
    [
      "get: 'https://evil.example\\@api.example/x'",
      ["error request.originNotAllowed «'https://evil.example\\@api.example/x'»"],
    ],
  ];
  for (const [lines, expected] of table) {
    it(`refuses ${lines}`, () => assert.deepEqual(refused(file(lines), { project }), expected));
  }

  it('says what to change for an origin', () => {
    const result = resolve(file('get: https://evil.example/x'), { project });
    assert.ok(!result.ok);
    assert.deepEqual(result.diagnostics[0]?.data, {
      origin: 'https://evil.example',
      connection: 'acme',
      origins: 'https://api.example',
    });
  });

  it('without a project file asks for one', () => {
    assert.deepEqual(refused(file('get: https://a.example/\nauth: acme')), ['error request.noProjectFile «acme»']);
    assert.deepEqual(resolved(file('get: https://a.example/')).auth, { kind: 'none' });
  });
});

describe('what keeps a request from being sent', () => {
  it('its own faults and those of the whole file', () => {
    const text =
      'foo: 1\nrequests:\n  a: { get: https://a.example/, cookies: no }\n  b: { get: https://b.example/, bar: 1 }';
    assert.deepEqual(refused(text), ['error request.unknownKeyHere «foo»', 'error request.unknownValue «no»']);
  });

  it('not those of its neighbours', () => {
    const text = 'requests:\n  a: { get: https://a.example/, cookies: no }\n  b: { get: https://b.example/ }';
    assert.equal(urlText(resolved(text, { request: 'b' })), 'https://b.example/');
  });

  it('faults of the project file', () => {
    const parsed = parseRequestFile(file('get: https://a.example/'));
    const [request] = parsed.requests;
    assert.ok(request);
    const project = parseProjectFile('conections: {}');
    const result = resolveRequest({
      file: parsed,
      request,
      project,
      environment: undefined,
      clock: fixedClock,
      random: countingRandom(),
      supplies: noSupplies,
      directory: '',
    });
    assert.deepEqual(
      result.diagnostics.map(({ code }) => code),
      ['request.projectFaulty'],
    );
  });

  it('not those of a connection or a variable it does not use', () => {
    const parsed = parseRequestFile(file('get: https://a.example/'));
    const [request] = parsed.requests;
    assert.ok(request);
    const project = parseProjectFile('connections: { x: { preset: y } }\nvariables: { s: "${env:X}" }');
    const result = resolveRequest({
      file: parsed,
      request,
      project,
      environment: undefined,
      clock: fixedClock,
      random: countingRandom(),
      supplies: noSupplies,
      directory: '',
    });
    assert.ok(result.ok);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeAt } from '../../../../src/core/language/completeAt';
import type { Completion } from '../../../../src/core/language/completion';
import type { Knowledge } from '../../../../src/core/language/languageFile';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { applyCompletion } from '../../../helpers/applyCompletion';
import { atCursor } from '../../../helpers/cursor';
import { knownRows, languageFile, type LanguageOptions } from '../../../helpers/languageFiles';

const PROJECT = `connections:
  acme: { issuer: https://login.example, clientId: a, scopes: [orders.read], origins: [https://api.example] }
  hub: { preset: github, clientId: b }
environments:
  local: { api: http://localhost:8080, only: here }
  production: { api: https://api.example }
variables: { pageSize: 50, key: "\${secret:key}" }
`;
const ORDERS = { items: [{ id: 7, 'due date': 'x' }, { id: 8 }], total: 2 };
const known: Knowledge = {
  scopes: (connection) => (connection === 'acme' ? ['orders.read', 'orders.write'] : []),
  accounts: (connection) => (connection === 'acme' ? ['alice'] : []),
  secrets: ['nightly', 'two words'],
  response: (request) => (request === 'orders' ? ORDERS : undefined),
  imported: [parseRequestFile('requests: { login: { post: /login, capture: { token: $.token } } }')],
};
const REQUEST: LanguageOptions = { project: PROJECT, environment: 'local', known };
const PROJECT_FILE: LanguageOptions = { kind: 'project', known };

/** `label` is offered, and what the text is once it was accepted (`undefined`: not looked at); `-label` is not offered. */
type Row = readonly [marked: string, label: string, accepted?: string];

const inRequests: readonly Row[] = [
  // Keys.
  ['‸', 'requests', 'requests:\n  '],
  ['re‸', 'requests', 'requests:\n  '],
  ['‸\nrequests: {}', '-requests'],
  ['requests:\n  a:\n    ‸', 'get', 'requests:\n  a:\n    get: '],
  ['requests:\n  a:\n    get: /x\n    ‸', '-post'],
  ['requests:\n  a:\n    get: /x\n    ‸', '-get'],
  ['requests:\n  a:\n    get: /x\n    ‸', '-method'],
  ['requests:\n  a:\n    ‸\n    method: X', '-get'],
  ['requests:\n  a:\n    ‸\n    method: X', 'url'],
  ['requests:\n  a:\n    json: 1\n    ‸', '-form'],
  ['requests:\n  a:\n    get: /x\n    head‸', 'headers', 'requests:\n  a:\n    get: /x\n    headers:\n      '],
  ['requests:\n  a:\n    get: /x\n    head‸: {}', 'headers', 'requests:\n  a:\n    get: /x\n    headers: {}'],
  ['requests:\n  a: { ‸ }', 'get', 'requests:\n  a: { get:  }'],
  ['requests:\n  a: { get: /x, he‸ }', 'headers', 'requests:\n  a: { get: /x, headers: {  } }'],
  ['requests:\n  a: { get: /x, ‸', 'headers', 'requests:\n  a: { get: /x, headers: {  }'],
  ['requests:\n  a: { get: /x, ‸ }', '-post'],
  ['requests:\n  a:\n    expect:\n      ‸', 'status', 'requests:\n  a:\n    expect:\n      status: 200'],
  ['requests:\n  a:\n    expect: { ‸ }', 'status', 'requests:\n  a:\n    expect: { status: 200 }'],
  ['requests:\n  a:\n    timeout:\n      ‸', 'connect', 'requests:\n  a:\n    timeout:\n      connect: 30s'],
  ['requests:\n  a:\n    auth:\n      ‸', 'connection', 'requests:\n  a:\n    auth:\n      connection: '],
  ['requests:\n  a:\n    expect: { body: { $.a: { ‸ } } }', 'atLeast'],
  ['requests:\n  a:\n    expect: { body: { $.a: { not: { ‸ } } } }', 'matches'],
  ['requests:\n  a:\n    capture:\n      b: { ‸ }', 'from'],
  ['requests:\n  a:\n    json:\n      ‸', '-get'],
  ['requests:\n  a:\n    description: ‸', '-get'],
  // What is broken elsewhere does not matter.
  ['requests:\n  x: { get: [\n  a:\n    get: "/y\n    ‸', 'headers'],
  ['requests:\n  x\n  a:\n    ‸', 'get'],
  ['requests:\n  a:\n    get: /x\n    auth: { connection: acme, ‸', 'account'],
  // Values.
  ['requests:\n  a:\n    auth: ‸', 'acme', 'requests:\n  a:\n    auth: acme'],
  ['requests:\n  a:\n    auth:‸', 'acme', 'requests:\n  a:\n    auth: acme'],
  ['requests:\n  a:\n    auth: ac‸me2', 'acme', 'requests:\n  a:\n    auth: acme'],
  ['requests:\n  a:\n    auth: "‸"', 'acme', 'requests:\n  a:\n    auth: "acme"'],
  ['requests:\n  a:\n    auth: ‸', 'none'],
  ['requests:\n  a:\n    auth: { connection: ‸ }', 'hub', 'requests:\n  a:\n    auth: { connection: hub }'],
  ['requests:\n  a:\n    auth: { connection: ‸ }', '-none'],
  ['requests:\n  a:\n    auth: { connection: acme, scopes: [‸] }', 'orders.write'],
  ['requests:\n  a:\n    auth: { connection: acme, in: ‸ }', 'query'],
  ['requests:\n  a:\n    method: ‸', 'PURGE', 'requests:\n  a:\n    method: PURGE'],
  ['requests:\n  a:\n    expect:\n      status: ‸', '404', 'requests:\n  a:\n    expect:\n      status: 404'],
  ['requests:\n  a:\n    expect: { status: [200, ‸] }', '2xx'],
  ['requests:\n  a:\n    expect: { body: { $.a: { exists: ‸ } } }', 'true'],
  ['requests:\n  a:\n    expect: { body: { $.a: { type: ‸ } } }', 'integer'],
  // Headers.
  ['headers:\n  ‸', 'Accept', 'headers:\n  Accept: '],
  ['headers: { ‸ }', 'Content-Type', 'headers: { Content-Type:  }'],
  ['headers:\n  Accept: x\n  ‸', '-Accept'],
  ['headers:\n  accept: ‸', 'application/json', 'headers:\n  accept: application/json'],
  ['headers:\n  Accept: ‸', '*/*', 'headers:\n  Accept: "*/*"'],
  ['headers: { Accept: ‸ }', 'text/plain', 'headers: { Accept: text/plain }'],
  // Expressions.
  ['requests:\n  a:\n    get: /${‸', 'pageSize', 'requests:\n  a:\n    get: /${pageSize}'],
  ['requests:\n  a:\n    get: /${‸}', 'pageSize', 'requests:\n  a:\n    get: /${pageSize}'],
  ['requests:\n  a:\n    get: /${pa‸ge}', 'pageSize', 'requests:\n  a:\n    get: /${pageSize}'],
  ['requests:\n  a:\n    query: { q: "${‸}" }', 'pageSize', 'requests:\n  a:\n    query: { q: "${pageSize}" }'],
  ['requests:\n  a:\n    query: { q: ${‸} }', 'pageSize', 'requests:\n  a:\n    query: { q: "${pageSize}" }'],
  ['requests:\n  a:\n    query: { q: ${p‸', 'pageSize', 'requests:\n  a:\n    query: { q: "${pageSize}"'],
  ['requests:\n  a:\n    get: /${‸}', 'api'],
  ['requests:\n  a:\n    get: /${‸}', 'only'],
  ['variables: { mine: 1 }\nrequests:\n  a:\n    variables: { own: 2 }\n    get: /${‸}', 'own'],
  ['variables: { mine: 1 }\nrequests:\n  a:\n    get: /${‸}\n  b: { variables: { own: 2 } }', '-own'],
  ['requests:\n  a:\n    get: /${‸}', 'uuid'],
  ['requests:\n  a:\n    get: /${‸}', 'secret:', 'requests:\n  a:\n    get: /${secret:}'],
  ['requests:\n  a:\n    get: /${secret:‸}', 'secret:two words', 'requests:\n  a:\n    get: /${secret:two words}'],
  ['requests:\n  a:\n    get: /${x|‸}', 'url', 'requests:\n  a:\n    get: /${x|url}'],
  ['requests:\n  a:\n    get: /${x|ur‸', 'url', 'requests:\n  a:\n    get: /${x|url}'],
  ['requests:\n  a:\n    text: |\n      hi ${‸}', 'pageSize', 'requests:\n  a:\n    text: |\n      hi ${pageSize}'],
  ['requests:\n  a:\n    text: |\n      hi ‸', '-pageSize'],
  ['requests:\n  a:\n    json: { a: [ { b: "${‸}" } ] }', 'pageSize'],
  ['requests:\n  a:\n    json:\n      b: ‸', '${pageSize}', 'requests:\n  a:\n    json:\n      b: ${pageSize}'],
  ['requests:\n  a:\n    json: { b: ‸ }', '${pageSize}', 'requests:\n  a:\n    json: { b: "${pageSize}" }'],
  ['requests:\n  a:\n    description: ${‸}', '-pageSize'],
  ['requests:\n  a:\n    get: /$${‸}', '-pageSize'],
  // What is signed.
  ['requests:\n  a:\n    auth: { hmac: { message: "${‸}" } }', 'timestamp'],
  ['requests:\n  a:\n    auth: { hmac: { message: "${‸}" } }', 'pageSize'],
  ['requests:\n  a:\n    auth: { hmac: { message: "${‸}" } }', '-signature'],
  ['auth:\n  hmac:\n    value: t=${‸}', 'signature', 'auth:\n  hmac:\n    value: t=${signature}'],
  ['requests:\n  a:\n    auth: { hmac: { value: "${‸}" } }', '-body'],
  ['requests:\n  a:\n    auth: { hmac: { key: "${‸}" } }', '-timestamp'],
  // Parts.
  [
    'requests:\n  a:\n    multipart:\n      one:\n        ‸',
    'file',
    'requests:\n  a:\n    multipart:\n      one:\n        file: ',
  ],
  ['requests:\n  a:\n    multipart: { one: { ‸ } }', 'type'],
  ['requests:\n  a:\n    websocket: /a\n    messages:\n      - { ‸ }', 'base64'],
  ['requests:\n  a:\n    websocket: /a\n    messages:\n      - ‸', 'base64'],
  ['requests:\n  a:\n    websocket: /a\n    messages:\n      - json: 1\n        ‸', 'after'],
  ['requests:\n  a:\n    websocket: /a\n    messages: { ‸ }', 'file'],
  ['requests:\n  a:\n    websocket: /a\n    messages: [{ text: a, ‸ }]', '-text'],
  ['requests:\n  a:\n    websocket: /a\n    messages: [{ text: "${‸}" }]', 'pageSize'],
  ['requests:\n  a:\n    multipart: { one: "${‸}" }', 'pageSize'],
  // Other requests and their responses.
  ['requests:\n  a:\n    get: /${‸}\n  b: { get: /y, capture: { id: $.id } }', 'b.id'],
  [
    'requests:\n  a:\n    get: /${b.‸}\n  b: { get: /y, capture: { id: $.id } }',
    'b.id',
    'requests:\n  a:\n    get: /${b.id}\n  b: { get: /y, capture: { id: $.id } }',
  ],
  ['requests:\n  a:\n    get: /${‸}\n    capture: { id: $.id }', '-a.id'],
  ['requests:\n  a:\n    get: /${login.‸}', 'login.token'],
  [
    'requests:\n  orders:\n    expect:\n      body:\n        ‸',
    '$.items',
    'requests:\n  orders:\n    expect:\n      body:\n        $.items: ',
  ],
  ['requests:\n  orders:\n    expect:\n      body:\n        $.items[0].‸', '$.items[0].id'],
  [
    'requests:\n  orders:\n    expect:\n      body: { ‸ }',
    '$.total',
    'requests:\n  orders:\n    expect:\n      body: { $.total:  }',
  ],
  ['requests:\n  orders:\n    capture:\n      first: $.items[0]‸', '$.items[*]'],
  ['requests:\n  orders:\n    capture:\n      first: $.items[0].‸', "$.items[0]['due date']"],
  ['requests:\n  orders:\n    capture:\n      first: ‸', 'status'],
  ['requests:\n  orders:\n    capture: { first: $.‸ }', '$.items'],
  ['requests:\n  other:\n    capture:\n      first: ‸', '$'],
  // Snippets.
  [
    'requests:\n  ‸',
    'post json',
    'requests:\n  name:\n    post: /path\n    json:\n      key: value\n    expect: { status: 201 }',
  ],
  ['requests:\n  a:\n    get: /x\n\n  pos‸', 'post json'],
  ['requests: { ‸ }', '-post json'],
  ['‸', '-post json'],
  // Nothing to say.
  ['# ‸', '-requests'],
  ['requests:\n  a:\n    get: /x # ‸', '-get'],
  ['requests:\n  a:\n    tags: [‸]', '-get'],
];

const inProjects: readonly Row[] = [
  ['‸', 'connections', 'connections:\n  '],
  [
    'connections:\n  ‸',
    'client credentials',
    'connections:\n  name:\n    grant: clientCredentials\n    tokenUrl: https://login.example.com/token\n    clientId: client-id\n    clientSecret: ${secret:name}\n    origins: [https://api.example.com]',
  ],
  ['connections:\n  acme:\n    ‸', 'issuer'],
  ['connections:\n  acme:\n    grant: ‸', 'clientCredentials', 'connections:\n  acme:\n    grant: clientCredentials'],
  ['connections:\n  acme:\n    preset: ‸', 'github'],
  ['connections:\n  acme:\n    vscode: ‸', 'microsoft'],
  ['connections:\n  acme:\n    dpop: ‸', 'true', 'connections:\n  acme:\n    dpop: true'],
  [
    'connections:\n  acme:\n    scopes:\n      - ‸',
    'orders.write',
    'connections:\n  acme:\n    scopes:\n      - orders.write',
  ],
  ['connections:\n  acme:\n    scopes: [openid, ‸]', 'orders.write'],
  ['connections:\n  acme:\n    redirect: { ‸ }', 'relay'],
  ['connections:\n  acme:\n    redirect: ‸', 'editorUri'],
  ['connections:\n  acme:\n    parameters:\n      ‸', 'authorize'],
  ['variables: { login: https://x }\nconnections:\n  acme:\n    issuer: ‸', '${login}'],
  ['environments: { local: {}, production: {} }\nprotect: [‸]', 'production'],
  ['environments:\n  local:\n    ‸', '-connections'],
  ['defaults:\n  ‸', 'baseUrl'],
  ['connections: { acme: {} }\ndefaults:\n  auth: ‸', 'acme'],
  ['defaults: { headers: { ‸ } }', 'Accept'],
];

function find(items: readonly Completion[], label: string): Completion | undefined {
  return items.find((item) => item.label === label);
}

function rows(title: string, table: readonly Row[], options: LanguageOptions): void {
  describe(title, () => {
    for (const [marked, label, accepted] of table) {
      it(`${JSON.stringify(marked)} ${label}`, () => {
        const { text, offset } = atCursor(marked);
        const { items } = completeAt(languageFile(text, options), offset);
        const name = label.replace(/^-/, '');
        const found = find(items, name);
        if (label.startsWith('-')) {
          assert.equal(found, undefined);
          return;
        }
        assert.ok(found, `offered: ${items.map((item) => item.label).join(', ')}`);
        if (accepted !== undefined) assert.equal(applyCompletion(text, found), accepted);
      });
    }
  });
}
rows('in a request file', inRequests, REQUEST);
rows('in a project file', inProjects, PROJECT_FILE);

/** Mistakes of the YAML, as against those of what it says. */
function yamlErrors(text: string, options: LanguageOptions): readonly string[] {
  const { diagnostics } = options.kind === 'project' ? parseProjectFile(text) : parseRequestFile(text);
  return diagnostics.filter(({ code }) => code.startsWith('yaml.')).map(({ code }) => code);
}

for (const [options, table] of [
  [REQUEST, inRequests],
  [PROJECT_FILE, inProjects],
] as const) {
  it(`whatever is accepted in a ${options.kind ?? 'request'} file, YAML that was valid before is valid after`, () => {
    let accepted = 0;
    for (const [marked] of table) {
      for (const crlf of [false, true]) {
        const { text, offset } = atCursor(crlf ? marked.replaceAll('\n', '\r\n') : marked);
        for (const item of completeAt(languageFile(text, options), offset).items) {
          const { start, end } = item.range;
          assert.ok(
            start <= offset && offset <= end && !text.slice(start, end).includes('\n'),
            `${marked} ${item.label}`,
          );
          // A word without its colon, and an expression without its brace, are what is being completed.
          if (yamlErrors(text.slice(0, start) + text.slice(end), options).length > 0) continue;
          accepted++;
          const after = applyCompletion(text, item);
          assert.deepEqual(yamlErrors(after, options), [], after);
        }
      }
    }
    assert.ok(accepted > 300, String(accepted));
  });
}

describe('what is offered tells', () => {
  const at = (marked: string, label: string): Completion => {
    const { text, offset } = atCursor(marked);
    const found = find(completeAt(languageFile(text, REQUEST), offset).items, label);
    assert.ok(found);
    return found;
  };
  it('the value of a variable and where it is written', () => {
    const { detail, docs } = at('requests:\n  a:\n    get: /${‸}', 'api');
    assert.equal(detail, 'http://localhost:8080');
    assert.equal(docs, 'a variable of the active environment');
  });
  it('nothing of a secret', () => assert.equal(at('requests:\n  a:\n    get: /${‸}', 'key').detail, undefined));
  it('who is signed in', () => assert.equal(at('auth: ‸', 'acme').detail, 'alice'));
  it('the kind of what a response has, not its value', () => {
    assert.equal(at('requests:\n  orders:\n    capture:\n      a: $.items[0].‸', '$.items[0].id').detail, 'number');
  });
});

describe('a character opens the list only where it means something', () => {
  const table: readonly (readonly [marked: string, trigger: string, opens: boolean])[] = [
    ['requests:\n  a:\n    auth: ‸', ' ', true],
    ['requests:\n  a:\n    auth:‸', ':', true],
    ['requests:\n  a:\n    description: two ‸', ' ', false],
    ['requests:\n ‸', ' ', false],
    ['requests:\n  a:\n    get: /x.‸', '.', false],
    ['requests:\n  orders:\n    capture:\n      a: $.‸', '.', true],
    ['requests:\n  a:\n    get: /${‸}', '{', true],
    ['requests:\n  a: {‸}', '{', true],
    ['requests:\n  a:\n    text: |‸', '|', false],
    ['requests:\n  a:\n    get: /${x|‸}', '|', true],
    ['requests:\n  a:\n    get: /${secret:‸}', ':', true],
  ];
  for (const [marked, trigger, opens] of table) {
    it(`${JSON.stringify(marked)} ${trigger}`, () => {
      const { text, offset } = atCursor(marked);
      assert.equal(completeAt(languageFile(text, REQUEST), offset, trigger).items.length > 0, opens);
    });
  }
});

describe('scopes', () => {
  const scopesOf = (marked: string, options: LanguageOptions): string | undefined => {
    const { text, offset } = atCursor(marked);
    return completeAt(languageFile(text, options), offset).scopesOf;
  };
  it('are those of the connection that they are written for', () => {
    const both = { ...REQUEST, known: { scopes: (name: string) => [`${name}.x`] } };
    const { text, offset } = atCursor('requests:\n  a:\n    auth: { connection: hub, scopes: [‸] }');
    const labels = completeAt(languageFile(text, both), offset).items.map(({ label }) => label);
    assert.ok(labels.includes('hub.x') && !labels.includes('acme.x'), labels.join());
  });
  const table: readonly (readonly [marked: string, options: LanguageOptions, connection: string | undefined])[] = [
    ['connections:\n  acme:\n    scopes: [‸]', PROJECT_FILE, 'acme'],
    ['connections:\n  acme:\n    scopes:\n      - ‸', PROJECT_FILE, 'acme'],
    ['connections:\n  acme:\n    ‸', PROJECT_FILE, undefined],
    ['connections: { acme: {} }\ndefaults: { auth: { connection: acme, scopes: [‸] } }', PROJECT_FILE, 'acme'],
    ['auth: { connection: acme, scopes: [‸] }\nrequests: {}', REQUEST, 'acme'],
    ['requests:\n  a:\n    auth: { connection: acme, scopes: [‸] }', REQUEST, 'acme'],
    ['requests:\n  a:\n    auth: { connection: "${who}", scopes: [‸] }', REQUEST, undefined],
    ['requests:\n  a:\n    auth: ‸', REQUEST, undefined],
  ];
  for (const [marked, options, connection] of table) {
    it(`can be asked for in ${JSON.stringify(marked)}: ${connection ?? 'no'}`, () =>
      assert.equal(scopesOf(marked, options), connection));
  }
});

it('offers files where a message of a WebSocket names one', () => {
  const { text, offset } = atCursor('requests:\n  a:\n    websocket: /a\n    messages:\n      - file: ./frames/he‸');
  assert.equal(completeAt(languageFile(text, REQUEST), offset).files?.folder, './frames/');
});

it('offers files where a path is written', () => {
  const { text, offset } = atCursor('requests:\n  a:\n    expect: { schema: ./schemas/or‸ }');
  const { files } = completeAt(languageFile(text, REQUEST), offset);
  assert.equal(files?.folder, './schemas/');
  const completion = files.completion({ name: 'order.json', isFolder: false });
  assert.equal(applyCompletion(text, completion), 'requests:\n  a:\n    expect: { schema: ./schemas/order.json }');
});

it('offers files for the parts of a body', () => {
  const { text, offset } = atCursor('requests:\n  a:\n    multipart: { one: { file: ./in‸ } }');
  const { files } = completeAt(languageFile(text, REQUEST), offset);
  assert.equal(files?.folder, './');
});

it('offers files in an expression that reads one', () => {
  const { text, offset } = atCursor('requests:\n  a:\n    text: ${file:‸');
  const { files } = completeAt(languageFile(text, REQUEST), offset);
  const completion = files?.completion({ name: 'a.txt', isFolder: false });
  assert.ok(completion);
  assert.equal(applyCompletion(text, completion), 'requests:\n  a:\n    text: ${file:./a.txt}');
});

describe('flow and inputs', () => {
  const at = (marked: string): readonly string[] => {
    const { text, offset } = atCursor(marked);
    return completeAt(languageFile(text, REQUEST), offset).items.map(({ label }) => label);
  };
  it('offers requests to be sent before', () => {
    const found = at('requests:\n  a:\n    get: /x\n    needs: [‸]\n  b: { get: /y }');
    assert.deepEqual(found, ['b', 'login']);
  });
  it('offers the row of a request that is sent for each', () => {
    assert.ok(at('requests:\n  a:\n    forEach: [1, 2]\n    get: /${‸}').includes('item'));
    assert.ok(!at('requests:\n  a:\n    get: /${‸}').includes('item'));
    assert.ok(at('requests:\n  a:\n    forEach: ./a.csv\n    get: /${‸}').includes('item'));
  });
  it('offers the fields of rows that the file lists', () => {
    const offered = at(
      'variables: { rows: [{ sku: 1 }, { "due date": 2 }] }\nrequests:\n  a:\n    forEach: ${rows}\n    get: /${‸}',
    );
    assert.ok(offered.includes('sku') && offered.includes('due date'), offered.join());
    assert.ok(!offered.includes('item'));
  });
  it('offers the columns of a file with the values of its first row, and each name once', () => {
    const { text, offset } = atCursor('requests:\n  a:\n    forEach: ./rows.csv\n    get: /${‸}');
    const rows = { './rows.csv': knownRows({ sku: 'A-1', pageSize: '7' }) } as const;
    const file = languageFile(text, {
      ...REQUEST,
      known: { ...known, rows: (path) => (path === './rows.csv' ? rows[path] : undefined) },
    });
    const offered = completeAt(file, offset).items.map(({ label, detail }) => `${label} ${detail ?? ''}`);
    assert.ok(offered.includes('sku A-1'), offered.join());
    assert.deepEqual(
      offered.filter((each) => each.startsWith('pageSize')),
      ['pageSize 7'],
    );
    assert.ok(!offered.some((each) => each.startsWith('item ')), offered.join());
  });
  it('offers no field that an expression cannot name', () => {
    const offered = at('requests:\n  a:\n    forEach: [{ a.b: 1, uuid: 2, sku: 3 }]\n    get: /${‸}');
    assert.deepEqual(
      offered.filter((label) => ['a.b', 'uuid', 'sku'].includes(label)),
      ['sku', 'uuid'],
    );
  });
  it('offers no field of a row where there is none yet', () => {
    assert.ok(!at('requests:\n  a:\n    forEach: [{ sku: 1 }]\n    get: /\n    skip: ${‸}').includes('sku'));
    assert.ok(!at('requests:\n  a:\n    get: /\n    forEach: [{ sku: "${‸}" }]').includes('sku'));
  });
  it('offers what is asked for', () => {
    assert.deepEqual(at('inputs: { otp: { label: Code } }\nrequests:\n  a:\n    get: /${input:‸}'), ['input:otp']);
  });
});

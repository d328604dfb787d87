import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rename, type Renamed } from '../../../../src/core/language/rename';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { symbolsOf, type Texts } from './symbolFiles';
import { fc } from '../../../helpers/properties';

const files: Texts = {
  'latchkey.yaml': `connections:
  acme: # ours
    issuer: \${login}
    origins: ["\${api}"]
    clientSecret: \${secret:acme}
  ex: { grant: tokenExchange, exchange: { subject: { connection: acme } } }
environments:
  local: { api: http://localhost:8080, login: "http://localhost" }
  'production': { api: https://api.acme.dev, login: https://login.acme.dev }
protect: [production]
variables: { pageSize: 50 }
defaults: { baseUrl: "\${api}", auth: "acme" }
`,
  'latchkey.local.yaml': 'environments: { local: { api: http://localhost:9 } }\n',
  '.env': '# keys\nexport KEY=abc\nOTHER = x\n',
  'a.http.yaml': `import: ./b.http.yaml
variables: { status: open, pageSize: 20 }
inputs: { otp: { label: Code } }
requests:
  list orders:
    get: /orders?s=\${status|url}&n=\${ pageSize }
    auth: acme
    capture: { firstId: "$.items[0].id" }
  show:
    variables: { status: mine }
    needs: [list orders, login]
    get: /orders/\${list orders.firstId}/\${status}
    headers: { X-Key: "\${env:KEY}", X-Otp: "\${input:otp}", X-Token: '\${login.token}' }
    auth: { connection: 'acme', account: admin }
`,
  'b.http.yaml': `requests:
  login:
    post: \${api}/login
    auth: { basic: { username: a, password: "\${secret:acme}" } }
    capture:
      token: $.token
`,
};

/** Renames what stands at the mark `^` in a text of the file. */
function renamed(texts: Texts, uri: string, marked: string, to: string): Renamed {
  const at = offsetOf(texts, uri, marked);
  return rename(symbolsOf(texts), uri, at, to, (name, { start, end }) => (texts[name] ?? '').slice(start, end));
}

function offsetOf(texts: Texts, uri: string, marked: string): number {
  const found = (texts[uri] ?? '').indexOf(marked.replace('^', ''));
  assert.ok(found >= 0, marked);
  return found + marked.indexOf('^');
}

function applied(texts: Texts, result: Renamed): Texts {
  assert.ok(result.ok, JSON.stringify(result));
  return Object.fromEntries(
    Object.entries(texts).map(([uri, text]) => {
      const edits = result.edits.filter((edit) => edit.uri === uri).sort((a, b) => b.range.start - a.range.start);
      const changed = edits.reduce(
        (all, { range, text: put }) => all.slice(0, range.start) + put + all.slice(range.end),
        text,
      );
      return [uri, changed];
    }),
  );
}

/** The lines that a renaming changed, without their indentation. */
function changedLines(after: Texts): readonly string[] {
  return Object.entries(after).flatMap(([uri, text]) => {
    const before = (files[uri] ?? '').split('\n');
    return text
      .split('\n')
      .filter((line, index) => line !== before[index])
      .map((line) => line.trim());
  });
}

describe('a name is changed wherever it means the same', () => {
  const cases: readonly (readonly [what: string, uri: string, at: string, to: string, lines: readonly string[]])[] = [
    [
      'a variable of the project, in all environments',
      'latchkey.yaml',
      '{ ^api: http',
      'host',
      [
        'origins: ["${host}"]',
        'local: { host: http://localhost:8080, login: "http://localhost" }',
        "'production': { host: https://api.acme.dev, login: https://login.acme.dev }",
        'defaults: { baseUrl: "${host}", auth: "acme" }',
        'environments: { local: { host: http://localhost:9 } }',
        'post: ${host}/login',
      ],
    ],
    [
      'a variable of the file, not that of a request',
      'a.http.yaml',
      '${sta^tus|url}',
      'state',
      ['variables: { state: open, pageSize: 20 }', 'get: /orders?s=${state|url}&n=${ pageSize }'],
    ],
    [
      'a variable of the file that hides one of the project',
      'a.http.yaml',
      '${ page^Size }',
      'n',
      ['variables: { status: open, n: 20 }', 'get: /orders?s=${status|url}&n=${ n }'],
    ],
    [
      'a request',
      'a.http.yaml',
      'needs: [list^ orders',
      'orders',
      ['orders:', 'needs: [orders, login]', 'get: /orders/${orders.firstId}/${status}'],
    ],
    [
      'a request of another file',
      'b.http.yaml',
      '  log^in:',
      'sign in',
      [
        'needs: [list orders, sign in]',
        'headers: { X-Key: "${env:KEY}", X-Otp: "${input:otp}", X-Token: \'${sign in.token}\' }',
        'sign in:',
      ],
    ],
    [
      'a capture',
      'a.http.yaml',
      '${login.tok^en}',
      'jwt',
      ['headers: { X-Key: "${env:KEY}", X-Otp: "${input:otp}", X-Token: \'${login.jwt}\' }', 'jwt: $.token'],
    ],
    [
      'a connection, in the style of each place',
      'a.http.yaml',
      'auth: ac^me',
      '-x y',
      [
        '"-x y": # ours',
        'ex: { grant: tokenExchange, exchange: { subject: { connection: "-x y" } } }',
        'defaults: { baseUrl: "${api}", auth: "-x y" }',
        'auth: "-x y"',
        "auth: { connection: '-x y', account: admin }",
      ],
    ],
    [
      'an environment',
      'latchkey.yaml',
      'protect: [prod^uction]',
      'prod',
      ["'prod': { api: https://api.acme.dev, login: https://login.acme.dev }", 'protect: [prod]'],
    ],
    [
      'an input',
      'a.http.yaml',
      'inputs: { o^tp',
      'code',
      [
        'inputs: { code: { label: Code } }',
        'headers: { X-Key: "${env:KEY}", X-Otp: "${input:code}", X-Token: \'${login.token}\' }',
      ],
    ],
    [
      'a secret',
      'b.http.yaml',
      'secret:ac^me',
      'nightly',
      ['clientSecret: ${secret:nightly}', 'auth: { basic: { username: a, password: "${secret:nightly}" } }'],
    ],
  ];
  for (const [what, uri, at, to, lines] of cases) {
    it(what, () => assert.deepEqual(changedLines(applied(files, renamed(files, uri, at, to))), lines));
  }
});

describe('a name stays as it is', () => {
  const cases: readonly (readonly [what: string, uri: string, at: string, to: string, code: string])[] = [
    ['where there is none', 'a.http.yaml', 'get^: /orders?', 'x', 'nothing'],
    ['in a comment', 'latchkey.yaml', '# ou^rs', 'x', 'nothing'],
    ['that comes from the environment', 'a.http.yaml', 'env:KE^Y', 'x', 'environmentVariable'],
    ['when the new one cannot be one', 'a.http.yaml', '${sta^tus|url}', 'a.b', 'badName'],
    ['when the new one is empty', 'a.http.yaml', '${sta^tus|url}', ' ', 'badName'],
    ['when the new one is built in', 'a.http.yaml', '${sta^tus|url}', 'uuid', 'reserved'],
    ['when the new one means nobody', 'a.http.yaml', 'auth: ac^me', 'none', 'reserved'],
    ['when the new one is taken', 'latchkey.yaml', '  ac^me: # ours', 'ex', 'taken'],
    ['when another request has it', 'a.http.yaml', 'list^ orders:', 'show', 'taken'],
    ['when a request would hide it', 'latchkey.yaml', '{ a^pi: http', 'status', 'changesMeaning'],
    ['when it would hide another', 'a.http.yaml', '${sta^tus|url}', 'api', 'changesMeaning'],
  ];
  const withUse: Texts = { ...files, 'a.http.yaml': `${files['a.http.yaml'] ?? ''}    text: \${api}\n` };
  for (const [what, uri, at, to, code] of cases) {
    it(what, () => {
      const result = renamed(withUse, uri, at, to);
      assert.equal(result.ok ? 'renamed' : result.code, code);
    });
  }
});

it('the name of an environment variable is found in .env', () => {
  const symbols = symbolsOf(files);
  const found = symbols.at('a.http.yaml', offsetOf(files, 'a.http.yaml', 'env:K^EY'));
  const places = found?.symbol.definitions.map(({ uri, occurrence: { range } }) =>
    files[uri]?.slice(range.start, range.end),
  );
  assert.deepEqual(places, ['KEY']);
});

const names = fc.constantFrom(
  'api',
  'login',
  'status',
  'pageSize',
  'list orders',
  'show',
  'acme',
  'ex',
  'local',
  'new',
  'other name',
  '-x',
  'true',
);

it('whatever is renamed, the files say the same with another name, and nothing else changes', () => {
  const marks = Object.entries(files).flatMap(([uri, text]) => Array.from(text, (_, offset) => [uri, offset] as const));
  let renamings = 0;
  fc.assert(
    fc.property(fc.constantFrom(...marks), names, ([uri, offset], to) => {
      const symbols = symbolsOf(files);
      const result = rename(symbols, uri, offset, to, (name, { start, end }) => (files[name] ?? '').slice(start, end));
      if (!result.ok || result.edits.length === 0) return;
      renamings++;
      const after = applied(files, result);
      const before = [...symbols.files].flatMap((file) =>
        file.names.all.map((occurrence) => symbols.idOf({ uri: file.uri, occurrence })),
      );
      const again = symbolsOf(after);
      const now = [...again.files].flatMap((file) =>
        file.names.all.map((occurrence) => again.idOf({ uri: file.uri, occurrence })),
      );
      assert.deepEqual(partition(now), partition(before));
      for (const [name, text] of Object.entries(after)) {
        assert.equal(text.split('\n').length, files[name]?.split('\n').length);
        const parse = name.startsWith('latchkey') ? parseProjectFile : parseRequestFile;
        if (name === '.env') continue;
        const codes = (file: string): readonly string[] => parse(file).diagnostics.map(({ code }) => code);
        assert.deepEqual(codes(text), codes(files[name] ?? ''), text);
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(renamings > 20, `only ${renamings} names were changed`);
});

/** Which places go together, whatever they are called. */
function partition(ids: readonly string[]): readonly number[] {
  return ids.map((id) => ids.indexOf(id));
}

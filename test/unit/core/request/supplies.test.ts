import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { needsOf } from '../../../../src/core/request/resolveRequest';
import { listOf, mapOf, rawOf, textOf, type Resolved } from '../../../../src/core/request/resolve/resolved';
import { needText, type Supplies } from '../../../../src/core/request/resolve/supplies';
import { resolveConnection } from '../../../../src/core/request/resolveConnection';
import { redact, revealForTransport, Secret } from '../../../../src/core/secret';
import {
  bodyText,
  countingRandom,
  fixedClock,
  headerLines,
  refused,
  resolved,
  urlText,
} from '../../../helpers/requestFiles';

const VALUES: Readonly<Record<string, Resolved>> = {
  'secret:key': textOf(new Secret('s3cr3t/"x" y')),
  'env:HOST': textOf('a.example'),
  'input:otp': textOf('123456'),
  'list.id': rawOf('12345678901234567890'),
  'list.item': mapOf([
    { key: 'n', value: rawOf('1.10') },
    { key: 't', value: textOf('${never}') },
  ]),
  'list.ids': listOf([rawOf('1'), textOf('b')]),
  'login.token': textOf(new Secret('tok-abcdef')),
  'file:api/body.txt': textOf('in a file ${never}'),
};

const supplies: Supplies = {
  find: (need) => {
    const value = VALUES[needText(need)];
    return value
      ? { state: 'known', value }
      : { state: 'missing', code: 'variable.noValue', data: { name: needText(need) } };
  },
};

function file(...lines: readonly string[]): string {
  return ['requests:', '  it:', ...lines.map((line) => `    ${line}`)].join('\n');
}

describe('values that come in', () => {
  const options = { supplies, directory: 'api' };

  it('stand where they are named, in their own type', () => {
    const request = resolved(
      file(
        'post: https://${env:HOST}/${list.id}?otp=${input:otp}',
        'json: { id: "${list.id}", all: "${list.item}", ids: "${list.ids}", text: "${file:./body.txt}" }',
      ),
      options,
    );
    assert.equal(urlText(request), 'https://a.example/12345678901234567890?otp=123456');
    assert.equal(
      bodyText(request),
      '{"id":12345678901234567890,"all":{"n":1.10,"t":"${never}"},"ids":[1,"b"],"text":"in a file ${never}"}',
    );
  });

  it('are missed with their name and place', () => {
    assert.deepEqual(refused(file('get: https://a.example/${other.id}'), options), [
      'error variable.noValue «${other.id}»',
    ]);
  });

  it('hide variables when they are fields of the row', () => {
    const row = (name: string): ReturnType<NonNullable<Supplies['row']>> =>
      name === 'item' ? { state: 'known', value: rawOf('7') } : undefined;
    const request = resolved(file('get: https://a.example/${item}', 'variables: { item: own }'), {
      ...options,
      supplies: { ...supplies, row },
    });
    assert.equal(urlText(request), 'https://a.example/7');
  });

  const outside: readonly (readonly [path: string, code: string])[] = [
    ['../../x', 'fileOutside'],
    ['/etc/passwd', 'fileOutside'],
    ['~/.ssh/id_rsa', 'fileOutside'],
    ['./.env', 'fileForbidden'],
    ['../.git/config', 'fileForbidden'],
  ];
  for (const [path, code] of outside) {
    it(`are not read from ${path}`, () => {
      assert.deepEqual(refused(file(`get: https://a.example/`, `text: "\${file:${path}}"`), options), [
        `error expression.${code} «\${file:${path}}»`,
      ]);
    });
  }
});

describe('secrets', () => {
  const options = { supplies };

  it('stay secret in a URL, however they are encoded there', () => {
    const request = resolved(file('get: https://a.example/x/${secret:key}', 'query: { k: "${secret:key}" }'), options);
    assert.equal(
      urlText(request),
      'https://a.example/x/s3cr3t/%22x%22%20y?k=s3cr3t%2F%22x%22%20y'.replaceAll('"', '%22'),
    );
    assert.ok(request.url instanceof Secret);
    assert.equal(redact(request.url), 'https://a.example/x/••••••?k=••••••');
  });

  it('stay secret in a header, with what is harmless around them shown', () => {
    const request = resolved(file('get: https://a.example/', 'headers: { X-Key: "Key ${secret:key}" }'), options);
    assert.deepEqual(
      request.headers.map(([name, value]) => [name, redact(value)]),
      [['X-Key', 'Key ••••••']],
    );
    assert.deepEqual(headerLines(request), ['X-Key: Key s3cr3t/"x" y']);
  });

  const bodies: readonly (readonly [line: string, sent: string, shown: string])[] = [
    ['json: { k: "${secret:key}", n: 1 }', '{"k":"s3cr3t/\\"x\\" y","n":1}', '{"k":••••••,"n":1}'],
    ['form: { k: "${secret:key}", n: 1 }', 'k=s3cr3t%2F%22x%22+y&n=1', 'k=••••••&n=1'],
    ['text: "k=${secret:key|base64}"', 'k=czNjcjN0LyJ4IiB5', 'k=••••••'],
  ];
  for (const [line, sent, shown] of bodies) {
    it(`stay secret in ${line}`, () => {
      const { body } = resolved(file('post: https://a.example/', line), options);
      assert.ok(body instanceof Secret);
      assert.equal(revealForTransport(body), sent);
      assert.equal(body.shown, shown);
    });
  }

  it('can be found again in each of their forms', () => {
    const { body } = resolved(file('post: https://a.example/', 'form: { k: "${secret:key|base64}" }'), options);
    assert.ok(body instanceof Secret);
    const atoms = body.atoms.map((atom) => atom.revealForTransport());
    assert.ok(atoms.includes('s3cr3t/"x" y') && atoms.includes('czNjcjN0LyJ4IiB5'));
  });

  it('pass through variables', () => {
    const text = `variables: { pair: "me:\${login.token}" }\n${file('get: https://a.example/', 'headers: { A: "${pair|base64}" }')}`;
    const [header] = resolved(text, options).headers;
    assert.ok(header?.[1] instanceof Secret);
    assert.equal(revealForTransport(header[1]), 'bWU6dG9rLWFiY2RlZg==');
  });

  it('do not stand where people read', () => {
    const project = 'connections: { a: { issuer: https://i.example, clientId: c, origins: [https://a.example] } }';
    assert.deepEqual(refused(file('get: https://a.example/', 'auth: "${secret:key}"'), { ...options, project }), [
      'error variable.secretShown «"${secret:key}"»',
    ]);
  });
});

describe('what a request needs', () => {
  it('is known before anything is asked for or read, through all variables and once each', () => {
    const text = `variables: { a: "\${b} \${secret:key}", b: "\${env:HOST}" }\n${file(
      'post: https://${env:HOST}/${list.id}/${a}',
      'headers: { X: "${input:otp}" }',
      'json: [{ x: "${file:../y.json}" }, "${list.id}", "${missing}"]',
    )}`;
    const parsed = parseRequestFile(text);
    const [request] = parsed.requests;
    assert.ok(request);
    const needs = needsOf({
      ...{ file: parsed, request, project: undefined, environment: undefined },
      ...{ clock: fixedClock, random: countingRandom(), directory: 'api' },
    });
    assert.deepEqual(needs.map(needText), ['env:HOST', 'list.id', 'secret:key', 'input:otp', 'file:y.json']);
  });
});

describe('a connection', () => {
  const project = (line: string): string =>
    `connections: { a: { issuer: https://i.example, origins: [https://a.example], ${line} } }`;

  it('uses .env of its project', () => {
    const parsed = { ...parseProjectFile(project('clientId: "${env:CLIENT}"')), env: new Map([['CLIENT', 'c1']]) };
    const result = resolveConnection(parsed, 'a', undefined);
    assert.equal(result.ok && result.connection.clientId, 'c1');
  });

  const refusals: readonly (readonly [line: string, code: string])[] = [
    ['clientId: "${env:CLIENT}"', 'variable.envMissing'],
    ['clientId: "${list.id}"', 'expression.notInConnection'],
    ['clientId: "${input:x}"', 'expression.notInConnection'],
    ['clientId: "${secret:x}"', 'expression.notInConnection'],
    ['clientId: "${file:./x}"', 'expression.notInConnection'],
  ];
  for (const [line, code] of refusals) {
    it(`does not take ${line}`, () => {
      const result = resolveConnection({ ...parseProjectFile(project(line)), directory: '' }, 'a', undefined);
      assert.deepEqual(
        result.diagnostics.map((diagnostic) => diagnostic.code),
        [code],
      );
    });
  }

  it('shows all that it is made of', () => {
    const env = new Map([['API_TOKEN', 'x']]);
    const result = resolveConnection(
      { ...parseProjectFile(project('clientId: "${env:API_TOKEN}"')), env },
      'a',
      undefined,
    );
    assert.deepEqual(
      result.diagnostics.map(({ code }) => code),
      ['variable.secretShown'],
    );
  });
});

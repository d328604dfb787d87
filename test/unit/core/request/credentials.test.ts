import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { withoutConnection } from '../../../../src/core/http/authorise';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { redact, revealForTransport, Secret } from '../../../../src/core/secret';
import { given } from '../../../helpers/givenSupplies';
import { refused, resolved, summary } from '../../../helpers/requestFiles';
import { everythingIn } from '../../../helpers/requests';

const supplies = given({
  'secret:word': 'canary:päss',
  'secret:token': 'canary.token',
  'env:WORD': 'canary-from-env',
  'login.token': 'canary-captured',
  'input:otp': 'canary-typed',
  'secret:bad': 'canary\nX-Evil: 1',
  'secret:none': '',
});

function file(auth: string, top = '', more = ''): string {
  return `${top}\nrequests:\n  a:\n    get: https://api.acme.dev/orders\n    auth: ${auth}\n${more}`;
}

/** What the credentials add: header lines, or the URL. */
function added(auth: string, top = ''): { readonly plain: string; readonly shown: string } {
  const { request } = withoutConnection(resolved(file(auth, top), { supplies }));
  assert.doesNotMatch(everythingIn(request, inspect), /canary/);
  const [header] = request.headers;
  if (!header) return { plain: revealForTransport(request.url), shown: redact(request.url) };
  const [name, value] = header;
  assert.ok(value instanceof Secret, 'it has to be dropped on a redirect to another origin');
  return { plain: `${name}: ${revealForTransport(value)}`, shown: `${name}: ${redact(value)}` };
}

describe('basic', () => {
  it('is user name and password in UTF-8 [RFC 7617 §2.1]', () => {
    const { plain, shown } = added('{ basic: { username: jürgen, password: "${secret:word}" } }');
    assert.equal(plain, `Authorization: Basic ${Buffer.from('jürgen:canary:päss').toString('base64')}`);
    assert.equal(shown, 'Authorization: Basic ••••••');
  });

  it('does without a password, and with a secret as user name', () => {
    assert.equal(
      added('{ basic: { username: "${secret:token}", password: "" } }').plain,
      `Authorization: Basic ${Buffer.from('canary.token:').toString('base64')}`,
    );
  });
});

describe('bearer', () => {
  for (const [auth, token] of [
    ['${secret:token}', 'canary.token'],
    ['${env:WORD}', 'canary-from-env'],
    ['${input:otp}', 'canary-typed'],
    ['${login.token}', 'canary-captured'],
    ['${secret:token|base64}', 'Y2FuYXJ5LnRva2Vu'],
    ['${mine}', 'canary.token'],
  ] as const) {
    it(auth, () => {
      const { plain, shown } = added(`{ bearer: "${auth}" }`, 'variables: { mine: "${secret:token}" }');
      assert.equal(plain, `Authorization: Bearer ${token}`);
      assert.equal(shown, 'Authorization: Bearer ••••••');
    });
  }
});

describe('apiKey', () => {
  it('is a header, unless the file says query', () => {
    const header = added('{ apiKey: { name: X-Api-Key, value: "${env:WORD}" } }');
    assert.deepEqual(header, { plain: 'X-Api-Key: canary-from-env', shown: 'X-Api-Key: ••••••' });
    assert.deepEqual(added('{ apiKey: { in: header, name: Authorization, value: "${env:WORD}" } }'), {
      plain: 'Authorization: canary-from-env',
      shown: 'Authorization: ••••••',
    });
  });

  it('is encoded in the query', () => {
    assert.deepEqual(added('{ apiKey: { in: query, name: "a key", value: "${secret:word}" } }'), {
      plain: 'https://api.acme.dev/orders?a+key=canary%3Ap%C3%A4ss',
      shown: 'https://api.acme.dev/orders?a+key=••••••',
    });
  });
});

describe('credentials that cannot be sent', () => {
  const table: readonly (readonly [auth: string, ...faults: string[]])[] = [
    ['{ basic: x }', 'error request.wrongKind «x»'],
    ['{ basic: { username: x } }', 'error request.missingKey «basic»'],
    ['{ basic: {} }', 'error request.missingKey «basic»'],
    [
      '{ basic: { user: x, password: "${secret:word}" } }',
      'error request.missingKey «basic»',
      'error request.unknownKeyHere «user»',
    ],
    ['{ basic: { username: "a:b", password: "${secret:word}" } }', 'error request.badUsername «"a:b"»'],
    ['{ basic: { username: [a], password: "${secret:word}" } }', 'error request.wrongKind «[a]»'],
    ['{ bearer: null }', 'error request.wrongKind «null»'],
    ['{ bearer: "${secret:bad}" }', 'error request.badHeaderValue «"${secret:bad}"»'],
    ['{ apiKey: { value: "${secret:word}" } }', 'error request.missingKey «apiKey»'],
    ['{ apiKey: { name: X-Key } }', 'error request.missingKey «apiKey»'],
    ['{ apiKey: { in: cookie, name: X-Key, value: "${secret:word}" } }', 'error request.unknownValue «cookie»'],
    ['{ apiKey: { name: Cookie, value: "${secret:word}" } }', 'error request.wrongKind «Cookie»'],
    ['{ bearer: "${secret:token}", connection: acme }', 'error request.twoAuths «connection»'],
    ['{ bearer: "${secret:token}", basic: { username: x, password: "" } }', 'error request.twoAuths «basic»'],
  ];
  for (const [auth, ...faults] of table) {
    it(auth, () => assert.deepEqual(refused(file(auth), { supplies }), faults));
  }

  it('where the file sets the same header or parameter', () => {
    const headers = '    headers: { authorization: x }\n';
    assert.deepEqual(refused(file('{ bearer: "${secret:token}" }', '', headers), { supplies }), [
      'error request.authTaken «{ bearer: "${secret:token}" }»',
    ]);
    const query = '    query: { key: x }\n';
    const auth = '{ apiKey: { in: query, name: key, value: "${secret:word}" } }';
    assert.deepEqual(refused(file(auth, '', query), { supplies }), [`error request.authTaken «${auth}»`]);
  });

  it('but a header that is inherited can be removed', () => {
    const request = resolved(
      file('{ bearer: "${secret:token}" }', 'headers: { Authorization: x }', '    headers: { Authorization: null }\n'),
      { supplies },
    );
    assert.equal(withoutConnection(request).request.headers.length, 1);
  });
});

describe('a literal in a secret field', () => {
  const fields = [
    ['{ bearer: VALUE }', 'bearer'],
    ['{ basic: { username: x, password: VALUE } }', 'basic.password'],
    ['{ apiKey: { name: X-Key, value: VALUE } }', 'apiKey.value'],
  ] as const;
  for (const [auth, key] of fields) {
    for (const literal of ['hunter2', '123456', '"x${secret:word}"', '"${secret:word}x"']) {
      it(`${key}: ${literal}`, () => {
        const text = file(auth.replace('VALUE', literal));
        assert.deepEqual(refused(text, { supplies }), [`error request.literalSecret «${literal}»`]);
        const [fault] = checkRequestFile(parseRequestFile(text), undefined, undefined);
        assert.deepEqual([fault?.code, fault?.data], ['request.literalSecret', { key }]);
      });
    }
  }

  it('is found behind variables, and marked where it stands', () => {
    const top = 'variables: { one: "${two}", two: "${secret:word}${three}", three: hunter2 }';
    assert.deepEqual(refused(file('{ bearer: "${one}" }', top), { supplies }), [
      'error request.literalSecret «hunter2»',
    ]);
  });

  it('is a file of the workspace too, and what is made up', () => {
    for (const source of ['file:./key.txt', 'uuid', 'now', 'random:1..9']) {
      assert.deepEqual(refused(file(`{ bearer: "\${${source}}" }`), { supplies }), [
        `error request.literalSecret «\${${source}}»`,
      ]);
    }
  });

  it('is marked at the use when it stands in the project file, and there in that file', () => {
    const project = 'variables: { word: hunter2 }\ndefaults: { auth: { bearer: "${word}" } }';
    assert.deepEqual(refused(file('{ bearer: "${word}" }'), { supplies, project }), [
      'error request.literalSecret «"${word}"»',
    ]);
    assert.deepEqual(refused('requests:\n  a:\n    get: https://a.example', { supplies, project }), [
      'error request.literalSecret «a»',
    ]);
    assert.deepEqual(summary(project, checkProjectFile(parseProjectFile(project), undefined)), [
      'error request.literalSecret «hunter2»',
    ]);
  });

  it('a circle of variables ends', () => {
    assert.deepEqual(refused(file('{ bearer: "${one}" }', 'variables: { one: "${two}", two: "${one}" }')), [
      'error variable.cycle «${one}»',
    ]);
  });
});

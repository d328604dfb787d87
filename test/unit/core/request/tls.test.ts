import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { mergeProjectFiles } from '../../../../src/core/request/mergeProjectFiles';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { resolveConnection } from '../../../../src/core/request/resolveConnection';
import { resolveTls } from '../../../../src/core/request/resolveTls';
import type { Diagnostic } from '../../../../src/core/request/diagnostic';
import type { TlsSetting } from '../../../../src/core/http/tlsSetting';

function shown(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ severity, code, range }) => `${severity} ${code} «${text.slice(range.start, range.end)}»`);
}

function found(text: string): readonly string[] {
  return shown(text, parseProjectFile(text).diagnostics);
}

function settings(text: string, directory = ''): readonly TlsSetting[] {
  const project = { ...parseProjectFile(text), directory };
  const { settings: all, diagnostics } = resolveTls(project);
  assert.deepEqual([project.diagnostics, diagnostics], [[], []]);
  return all;
}

const nothing = { cert: undefined, key: undefined, pfx: undefined, passphrase: undefined };

describe('tls', () => {
  it('takes files and secrets, in both forms', () => {
    const text = `tls:
  https://api.acme.dev: { ca: ./ca.pem, cert: client.pem, key: "\${secret:client-key}", passphrase: "\${secret:opens it}" }
  https://login.acme.dev:8443/:
    ca: [./ca.pem, "\${file:./more/ca.der}"]
    pfx: \${file:./client.pfx}
`;
    assert.deepEqual(settings(text, 'shop'), [
      {
        origin: 'https://api.acme.dev',
        ca: ['shop/ca.pem'],
        cert: { kind: 'file', path: 'shop/client.pem' },
        key: { kind: 'secret', name: 'client-key' },
        pfx: undefined,
        passphrase: 'opens it',
        verify: true,
      },
      {
        ...nothing,
        origin: 'https://login.acme.dev:8443',
        ca: ['shop/ca.pem', 'shop/more/ca.der'],
        pfx: { kind: 'file', path: 'shop/client.pfx' },
        verify: true,
      },
    ]);
  });

  it('warns where nothing is verified', () => {
    const text = 'tls: { "https://localhost:8443": { verify: false } }';
    assert.deepEqual(found(text), ['warning tls.unverified «false»']);
    assert.deepEqual(resolveTls(parseProjectFile(text)).settings[0]?.verify, false);
    assert.deepEqual(parseProjectFile(text).faults, []);
  });

  const mistakes: Readonly<Record<string, readonly string[]>> = {
    'tls: [a]': ['error request.wrongKind «[a]»'],
    'tls: { "http://api.acme.dev": {} }': ['error tls.badOrigin «"http://api.acme.dev"»'],
    'tls: { api.acme.dev: {} }': ['error tls.badOrigin «api.acme.dev»'],
    'tls: { "https://api.acme.dev/v1": {} }': ['error tls.badOrigin «"https://api.acme.dev/v1"»'],
    'tls: { "https://u:p@api.acme.dev": {} }': ['error tls.badOrigin «"https://u:p@api.acme.dev"»'],
    'tls: { "https://*.acme.dev": {} }': ['error tls.badOrigin «"https://*.acme.dev"»'],
    'tls: { "https://{api}": {} }': ['error tls.badOrigin «"https://{api}"»'],
    'tls: { "https://a.dev": {}, "https://A.dev:443/": {} }': ['error tls.originTwice «"https://A.dev:443/"»'],
    'tls: { "https://a.dev": { cart: x } }': ['error request.unknownKey «cart»'],
    'tls: { "https://a.dev": { verify: no } }': ['error request.wrongKind «no»'],
    'tls: { "https://a.dev": { ca: "${secret:ca}" } }': ['error tls.badFile «"${secret:ca}"»'],
    'tls: { "https://a.dev": { ca: [a.pem, 7] } }': ['error tls.badFile «7»'],
    'tls: { "https://a.dev": { cert: "${name}" } }': ['error tls.badSource «"${name}"»'],
    'tls: { "https://a.dev": { key: "-----BEGIN\\nPRIVATE" } }': ['error tls.badSource «"-----BEGIN\\nPRIVATE"»'],
    'tls: { "https://a.dev": { passphrase: hunter2 } }': ['error connection.secretInFile «hunter2»'],
    'tls: { "https://a.dev": { passphrase: "${file:./p}" } }': ['error connection.secretInFile «"${file:./p}"»'],
  };
  for (const [text, expected] of Object.entries(mistakes)) {
    it(text, () => {
      assert.deepEqual(found(text), expected);
      // Nothing goes out with half of what was meant.
      assert.equal(parseProjectFile(text).faults.length, expected.length);
    });
  }

  it('passes over what is nobody’s business', () => {
    assert.deepEqual(found('tls: { x-shared: &s { ca: a.pem }, "https://a.dev": *s, "https://b.dev": null }'), []);
    assert.deepEqual(found('tls: null'), []);
  });

  const unusable: Readonly<Record<string, readonly string[]>> = {
    'tls: { "https://a.dev": { key: k.pem } }': ['error tls.certMissing «"https://a.dev"»'],
    'tls: { "https://a.dev": { pfx: p.pfx, cert: c.pem } }': ['error tls.certAndPfx «"https://a.dev"»'],
    'tls: { "https://a.dev": { ca: ../../ca.pem } }': ['error connection.fileOutside «"https://a.dev"»'],
    'tls: { "https://a.dev": { cert: .env } }': ['error connection.fileForbidden «"https://a.dev"»'],
  };
  for (const [text, expected] of Object.entries(unusable)) {
    it(`${text}: found where the file is checked, and no connection is used`, () => {
      const whole = `${text}\nconnections: { a: { issuer: https://i.dev, origins: [https://o.dev] } }`;
      const project = { ...parseProjectFile(whole), directory: 'shop' };
      assert.deepEqual(shown(whole, checkProjectFile(project, undefined)), expected);
      const resolved = resolveConnection(project, 'a', undefined);
      assert.deepEqual([resolved.ok, shown(whole, resolved.diagnostics)], [false, expected]);
    });
  }

  it('is merged by origin, however that is written', () => {
    const base = parseProjectFile('tls: { "https://a.dev": { cert: c.pem }, "https://b.dev": { ca: b.pem } }');
    const local = parseProjectFile(
      'tls: { "https://A.dev:443": { key: "${secret:k}" }, "https://b.dev": null, "https://c.dev": { ca: c.pem } }',
    );
    const { settings: merged, diagnostics } = resolveTls(mergeProjectFiles(base, local));
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      merged.map(({ origin, cert, key, ca }) => [origin, cert, key, ca]),
      [
        ['https://a.dev', { kind: 'file', path: 'c.pem' }, { kind: 'secret', name: 'k' }, []],
        ['https://c.dev', undefined, undefined, ['c.pem']],
      ],
    );
  });

  it('what the local file puts right is not marked', () => {
    const base = parseProjectFile('tls: { "https://a.dev": { key: k.pem } }');
    const merged = mergeProjectFiles(base, parseProjectFile('tls: { "https://a.dev": { cert: c.pem } }'));
    assert.equal(checkProjectFile(base, undefined).length, 1);
    assert.deepEqual(checkProjectFile(base, undefined, merged), []);
  });

  it('comes along with every connection', () => {
    const text =
      'tls: { "https://a.dev": { ca: a.pem } }\nconnections: { a: { issuer: https://i.dev, origins: [https://o.dev] } }';
    const resolved = resolveConnection(parseProjectFile(text), 'a', undefined);
    assert.ok(resolved.ok);
    assert.deepEqual(resolved.connection.tls, [{ ...nothing, origin: 'https://a.dev', ca: ['a.pem'], verify: true }]);
  });
});

describe('clientAuth: mtls', () => {
  const connection = 'clientAuth: mtls, clientId: a, origins: [https://o.dev]';
  const cases: Readonly<Record<string, readonly string[]>> = {
    [`connections: { a: { issuer: https://i.dev, ${connection} } }`]: [],
    [`connections: { a: { grant: clientCredentials, tokenUrl: https://t.dev/t, ${connection} } }`]: [
      'error connection.certificateMissing «a»',
    ],
    [`connections: { a: { grant: clientCredentials, tokenUrl: https://t.dev/t, ${connection} } }\ntls: { "https://t.dev": { ca: a } }`]:
      ['error connection.certificateMissing «a»'],
    [`connections: { a: { grant: clientCredentials, tokenUrl: https://t.dev/t, ${connection} } }\ntls: { "https://t.dev": { cert: a } }`]:
      [],
    'connections: { a: { issuer: https://i.dev, clientAuth: mtls, origins: [https://o.dev] } }': [
      'error connection.clientIdMissing «a»',
    ],
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(text, () => assert.deepEqual(shown(text, checkProjectFile(parseProjectFile(text), undefined)), expected));
  }
});

describe('an origin with a variable in it', () => {
  it('is none, since keys are never expanded', () => {
    const text = 'tls: { "https://${api}": {} }';
    assert.deepEqual(found(text), [
      'warning request.keyExpression «"https://${api}"»',
      'error tls.badOrigin «"https://${api}"»',
    ]);
  });
});

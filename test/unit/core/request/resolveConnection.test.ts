import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { resolveConnection } from '../../../../src/core/request/resolveConnection';
import type { ConnectionConfig } from '../../../../src/core/oauth/model';
import { summary } from '../../../helpers/requestFiles';

function connection(text: string, environment?: string): ConnectionConfig {
  const result = resolveConnection(parseProjectFile(text), 'a', environment);
  assert.ok(result.ok, JSON.stringify(result));
  return result.connection;
}

function refused(text: string, environment?: string): readonly string[] {
  const result = resolveConnection(parseProjectFile(text), 'a', environment);
  assert.ok(!result.ok, 'the connection was resolved');
  return summary(text, result.diagnostics);
}

/** A project file with the connection `a` of these lines, on top of what a connection needs. */
function withLines(...lines: string[]): string {
  return ['connections:', '  a:', ...lines.map((line) => `    ${line}`)].join('\n');
}

const ISSUER = 'issuer: https://login.example';
const ORIGINS = 'origins: [https://api.example]';
const CLIENT = ['grant: clientCredentials', 'clientSecret: ${secret:nightly}'];

describe('a connection', () => {
  it('is what the file says', () => {
    assert.deepEqual(
      connection(
        withLines(
          'label: Acme',
          ISSUER,
          'clientId: 0042',
          'scopes: openid orders.read',
          'audience: https://aud.example',
          'resource: [https://r.example]',
          ORIGINS,
          'userinfoUrl: https://login.example/me',
          'redirect: loopback',
          'parameters: { authorize: { prompt: login, max_age: 10 } }',
        ),
      ),
      {
        name: 'a',
        label: 'Acme',
        grant: 'authorizationCode',
        issuer: 'https://login.example',
        endpoints: {
          authorization: undefined,
          token: undefined,
          revocation: undefined,
          userinfo: 'https://login.example/me',
          endSession: undefined,
          deviceAuthorization: undefined,
          introspection: undefined,
        },
        clientId: '0042',
        clientSecretName: undefined,
        clientAuth: undefined,
        preset: undefined,
        vscode: undefined,
        privateKey: undefined,
        assertion: undefined,
        exchange: undefined,
        dpop: undefined,
        par: undefined,
        refreshOn: undefined,
        scopes: ['openid', 'orders.read'],
        audience: 'https://aud.example',
        resource: ['https://r.example'],
        origins: ['https://api.example'],
        redirect: { kind: 'loopback', ports: [], path: '/callback' },
        parameters: { authorize: { prompt: 'login', max_age: '10' }, token: {}, refresh: {} },
      },
    );
  });

  it('needs little', () => {
    const { label, clientId, redirect, scopes } = connection(withLines(ISSUER, ORIGINS));
    assert.deepEqual(
      { label, clientId, redirect, scopes },
      { label: 'a', clientId: undefined, redirect: { kind: 'auto' }, scopes: [] },
    );
  });

  it('does without an issuer when it has both endpoints', () => {
    const lines = ['authorizationUrl: https://a.example/a', 'tokenUrl: https://a.example/t', ORIGINS];
    assert.equal(connection(withLines(...lines)).endpoints.token, 'https://a.example/t');
  });

  it('signs in as its client with a secret that it only names', () => {
    const lines = ['tokenUrl: https://a.example/t', ORIGINS, 'clientId: ci', 'clientAuth: basicRaw', ...CLIENT];
    const { grant, clientAuth, clientSecretName, clientSecret } = connection(withLines(...lines));
    assert.deepEqual(
      { grant, clientAuth, clientSecretName, clientSecret },
      { grant: 'clientCredentials', clientAuth: 'basicRaw', clientSecretName: 'nightly', clientSecret: undefined },
    );
  });

  it('may be a client without a secret where it says so', () => {
    const lines = [ISSUER, ORIGINS, 'clientId: ci', 'grant: clientCredentials', 'clientAuth: none'];
    assert.equal(connection(withLines(...lines)).clientAuth, 'none');
  });

  it('signs and exchanges with what it names', () => {
    const key = 'privateKey: { key: "${secret:key}", keyId: "${kid}" }';
    const lines = [ISSUER, ORIGINS, key, 'assertion: { subject: "${user}", claims: { n: 1 } }'];
    const exchange = 'exchange: { subject: { connection: b }, requestedType: urn:x }';
    const other = '  b: { issuer: https://b.example, origins: [https://api.b.example] }';
    const text = `${withLines(...lines, exchange, 'dpop: true', 'refreshOn: 403')}\n${other}\nvariables: { kid: k1, user: alice }`;
    const found = connection(text);
    const source = found.exchange?.subject.source;
    assert.equal(source?.kind === 'connection' && source.connection?.issuer, 'https://b.example');
    assert.deepEqual(
      [found.privateKey, found.assertion, found.exchange, found.dpop, found.refreshOn],
      [
        { source: { kind: 'secret', name: 'key' }, keyId: 'k1', algorithm: undefined },
        { issuer: undefined, subject: 'alice', audience: undefined, claims: { n: '1' } },
        {
          subject: { source, type: undefined },
          actor: undefined,
          requestedType: 'urn:x',
        },
        true,
        [403],
      ],
    );
  });

  it('exchanges the token of no connection that is unknown, faulty or its own', () => {
    const exchanging = (name: string, rest = ''): readonly string[] => {
      const lines = [ISSUER, ORIGINS, 'grant: tokenExchange', `exchange: { subject: { connection: ${name} } }`];
      return refused(`${withLines(...lines)}\n${rest}`).map((line) => line.split(' ')[1] ?? '');
    };
    const circle =
      '  b: { issuer: https://b.example, origins: [https://b.example], grant: tokenExchange, exchange: { subject: { connection: a } } }';
    assert.deepEqual(exchanging('a'), ['connection.exchangeCircular']);
    assert.deepEqual(exchanging('b'), ['connection.unknown']);
    assert.deepEqual(exchanging('b', '  b: { origins: [https://b.example] }'), ['connection.exchangeFaulty']);
    assert.deepEqual(exchanging('b', circle), ['connection.exchangeFaulty']);
  });

  it('finds key files by their place in the workspace folder, and none outside of it', () => {
    const parsed = (path: string, directory?: string): ReturnType<typeof resolveConnection> => {
      const file = parseProjectFile(
        withLines(ISSUER, ORIGINS, 'clientId: c', 'clientAuth: privateKeyJwt', `privateKey: "\${file:${path}}"`),
      );
      return resolveConnection({ ...file, directory }, 'a', undefined);
    };
    const pathOf = (path: string, directory?: string): unknown => {
      const result = parsed(path, directory);
      const source = result.ok ? result.connection.privateKey?.source : undefined;
      return source?.kind === 'file' ? source.path : result.ok ? undefined : result.diagnostics.map(({ code }) => code);
    };
    assert.equal(pathOf('./key.pem', ''), 'key.pem');
    assert.equal(pathOf('../keys/key.pem', 'services/shop'), 'services/keys/key.pem');
    assert.equal(pathOf('./key.pem'), './key.pem');
    assert.deepEqual(pathOf('../key.pem', ''), ['connection.fileOutside']);
    assert.deepEqual(pathOf('./.env', 'a'), ['connection.fileForbidden']);
  });

  it('pastes where it is told to', () => {
    const { redirect } = connection(withLines(ISSUER, ORIGINS, 'redirect: { paste: https://p.example/code }'));
    assert.deepEqual(redirect, { kind: 'paste', uri: 'https://p.example/code' });
  });

  it('comes back to https addresses and to this machine only, and to none with a fragment [A10 R7]', () => {
    const uriOf = (line: string): unknown => connection(withLines(ISSUER, ORIGINS, line)).redirect;
    for (const uri of [
      'https://p.example/code?a=b',
      'http://127.0.0.1/callback',
      'http://[::1]:8/',
      'http://localhost/x',
    ]) {
      assert.deepEqual(uriOf(`redirect: { paste: "${uri}" }`), { kind: 'paste', uri });
    }
    const wrong = [
      'http://p.example/code',
      'http://127.0.0.1.evil.example/',
      'https://p.example/#code',
      'p.example',
      'urn:x:y',
    ];
    for (const kind of ['paste', 'relay']) {
      for (const uri of wrong) {
        const text = withLines(ISSUER, ORIGINS, `redirect: { ${kind}: "${uri}" }`);
        assert.deepEqual(refused(text), [`error connection.badRedirect «"${uri}"»`]);
      }
    }
    const unknown = withLines(ISSUER, ORIGINS, 'redirect: { paste: "${x}" }');
    assert.deepEqual(refused(unknown), ['error variable.unknownHere «${x}»']);
  });

  it('takes its variables from the environment before the project', () => {
    const text = `${withLines('issuer: ${login}', 'origins: ["${api}"]', 'scopes: "${scopes}"')}
variables: { login: https://p.example, scopes: [x, y] }
environments:
  one: { login: "https://\${host}", host: one.example, api: https://api.one.example/v1 }
  two: { api: https://api.two.example }
`;
    const one = connection(text, 'one');
    assert.deepEqual(
      [one.issuer, one.origins, one.scopes],
      ['https://one.example', ['https://api.one.example'], ['x', 'y']],
    );
    assert.equal(connection(text, 'two').issuer, 'https://p.example');
  });
});

describe('origins', () => {
  const table: readonly (readonly [written: string, origin: string])[] = [
    ['https://api.example', 'https://api.example'],
    ['https://API.example/', 'https://api.example'],
    ['https://api.example/v1?x=1', 'https://api.example'],
    ['https://api.example:443', 'https://api.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ];
  for (const [written, origin] of table) {
    it(`${written} is ${origin}`, () => {
      assert.deepEqual(connection(withLines(ISSUER, `origins: ["${written}"]`)).origins, [origin]);
    });
  }

  it('count once', () => {
    assert.deepEqual(connection(withLines(ISSUER, 'origins: [https://a.example, https://A.example/x]')).origins, [
      'https://a.example',
    ]);
  });

  const wrong = [
    'api.example',
    '*',
    'https://*.example',
    'https://*',
    'ftp://a.example',
    'file:///etc',
    'javascript:alert(1)',
    'https://',
    'https:///a.example',
    'https://u:p@a.example',
    'https://a.example:99999',
    'null',
    'localhost:8080',
    'https:a.example',
  ];
  for (const text of wrong) {
    it(`${text} is none`, () => {
      assert.deepEqual(refused(withLines(ISSUER, `origins: ["${text}"]`)), [`error connection.badOrigin «"${text}"»`]);
    });
  }

  for (const line of ['', 'origins: []', 'origins:', 'origins: "${none}"']) {
    it(`missing: ${line || 'no line'}`, () => {
      const text = `${withLines(ISSUER, line)}\nvariables: { none: [] }`;
      assert.deepEqual(refused(text), ['error connection.noOrigins «a»']);
    });
  }
});

describe('connections that cannot be used', () => {
  const table: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['nowhere to sign in', withLines(ORIGINS), ['error connection.incomplete «a»']],
    ['one endpoint only', withLines('tokenUrl: https://a.example', ORIGINS), ['error connection.incomplete «a»']],
    ['issuer that is no URL', withLines('issuer: login.example', ORIGINS), ['error connection.badUrl «login.example»']],
    [
      'endpoint of another scheme',
      withLines(ISSUER, ORIGINS, 'revocationUrl: ftp://a.example'),
      ['error connection.badUrl «ftp://a.example»'],
    ],
    ['unknown variable', withLines('issuer: ${login}', ORIGINS), ['error variable.unknownHere «${login}»']],
    [
      'near variable',
      `${withLines('issuer: ${login}', ORIGINS)}\nvariables: { logn: x }`,
      ['error variable.unknown «${login}»'],
    ],
    [
      'variable of an environment',
      `${withLines('issuer: ${login}', ORIGINS)}\nenvironments: { one: { login: https://a.example } }`,
      ['error variable.needsEnvironment «${login}»'],
    ],
    ['key in the file', withLines(ISSUER, ORIGINS, 'privateKey: x'), ['error connection.secretInFile «x»']],
    [
      'assertion without a key',
      withLines(ISSUER, ORIGINS, 'grant: jwtBearer'),
      ['error connection.clientIdMissing «a»', 'error connection.privateKeyMissing «a»'],
    ],
    [
      'exchange of nothing',
      withLines(ISSUER, ORIGINS, 'grant: tokenExchange'),
      ['error connection.exchangeMissing «a»'],
    ],
    ['client without an id', withLines(ISSUER, ORIGINS, ...CLIENT), ['error connection.clientIdMissing «a»']],
    [
      'client without a secret',
      withLines(ISSUER, ORIGINS, 'clientId: c', 'grant: clientCredentials'),
      ['error connection.clientSecretMissing «a»'],
    ],
    [
      'authentication without a secret',
      withLines(ISSUER, ORIGINS, 'clientId: c', 'clientAuth: post'),
      ['error connection.clientSecretMissing «a»'],
    ],
    [
      'client with nowhere to get a token',
      withLines(ORIGINS, 'authorizationUrl: https://a.example', 'clientId: c', ...CLIENT),
      ['error connection.incompleteForClient «a»'],
    ],
    [
      'secret from a variable [T4]',
      `${withLines(ISSUER, ORIGINS, 'clientSecret: ${hidden}')}\nvariables: { hidden: hunter2 }`,
      ['error connection.secretInFile «${hidden}»'],
    ],
    [
      'cycle',
      `${withLines('issuer: ${x}', ORIGINS)}\nvariables: { x: "\${y}", y: "\${x}" }`,
      ['error variable.cycle «${x}»'],
    ],
    ['no connections at all', 'variables: {}', ['error connection.unknown «»']],
  ];
  for (const [name, text, expected] of table) {
    it(name, () => assert.deepEqual(refused(text), expected));
  }

  it('are shown in the project file, waiting for an environment as information only', () => {
    const text = `${withLines('issuer: ${login}', 'origins: []')}\nenvironments: { one: { login: https://a.example } }`;
    const project = parseProjectFile(text);
    assert.deepEqual(summary(text, checkProjectFile(project, undefined)), [
      'error connection.noOrigins «a»',
      'info variable.needsEnvironment «${login}»',
    ]);
    assert.deepEqual(summary(text, checkProjectFile(project, 'one')), ['error connection.noOrigins «a»']);
  });

  it('are not shown twice', () => {
    assert.deepEqual(checkProjectFile(parseProjectFile(withLines(ISSUER, ORIGINS, 'dpop: true')), undefined), []);
  });
});

describe('a preset', () => {
  const CLIENT_ID = 'clientId: me';
  const warned = (text: string): readonly string[] => {
    const result = resolveConnection(parseProjectFile(text), 'a', undefined);
    assert.ok(result.ok, JSON.stringify(result));
    return summary(text, result.diagnostics);
  };

  it('brings endpoints, origins, client authentication, parameters and redirect rules', () => {
    const github = connection(withLines('preset: github', CLIENT_ID, 'clientSecret: ${secret:gh}', 'scopes: repo'));
    assert.equal(github.preset, 'github');
    assert.equal(github.issuer, undefined);
    assert.equal(github.endpoints.authorization, 'https://github.com/login/oauth/authorize');
    assert.equal(github.endpoints.token, 'https://github.com/login/oauth/access_token');
    assert.deepEqual(github.origins, ['https://api.github.com']);
    assert.equal(github.clientAuth, 'post');
    const google = connection(withLines('preset: google', CLIENT_ID));
    assert.equal(google.issuer, 'https://accounts.google.com');
    assert.deepEqual(google.parameters.authorize, { access_type: 'offline' });
    assert.equal(google.redirectRules?.editorSchemes, false);
    assert.equal(google.clientAuth, undefined, 'without a secret there is nothing to prove');
  });

  it('what the file says wins', () => {
    const google = connection(
      withLines(
        'preset: google',
        CLIENT_ID,
        'origins: [https://gmail.googleapis.com]',
        'parameters: { authorize: { access_type: online, hd: acme.dev } }',
        'refreshOn: [401, 403]',
      ),
    );
    assert.deepEqual(google.origins, ['https://gmail.googleapis.com']);
    assert.deepEqual(google.parameters.authorize, { access_type: 'online', hd: 'acme.dev' });
    assert.deepEqual(google.refreshOn, [401, 403]);
    const linkedin = connection(
      withLines('preset: linkedin', CLIENT_ID, 'authorizationUrl: https://www.linkedin.com/native', 'clientAuth: none'),
    );
    assert.equal(linkedin.endpoints.authorization, 'https://www.linkedin.com/native');
    assert.equal(linkedin.endpoints.token, 'https://www.linkedin.com/oauth/v2/accessToken');
    assert.equal(linkedin.clientAuth, 'none');
  });

  it('another server takes over the manners only: no endpoint of the provider hears of its tokens', () => {
    const own = ['authorizationUrl: https://git.acme.dev/authorize', 'tokenUrl: https://git.acme.dev/token'];
    const github = connection(withLines('preset: github', CLIENT_ID, ...own, ORIGINS));
    assert.equal(github.endpoints.userinfo, undefined);
    assert.equal(github.preset, 'github');
    assert.deepEqual(refused(withLines('preset: dropbox', CLIENT_ID, ...own)), ['error connection.noOrigins «a»']);
    const twitch = connection(withLines('preset: twitch', CLIENT_ID, ISSUER, ORIGINS));
    assert.equal(twitch.endpoints.revocation, undefined);
    assert.equal(connection(withLines('preset: gitlab', CLIENT_ID, ISSUER)).origins[0], 'https://login.example');
  });

  it('an empty list of origins is said on purpose', () => {
    assert.deepEqual(refused(withLines('preset: dropbox', CLIENT_ID, 'origins: []')), [
      'error connection.noOrigins «a»',
    ]);
  });

  it('that is unknown is an error, with the nearest', () => {
    assert.deepEqual(refused(withLines('preset: gitub', CLIENT_ID, ISSUER, ORIGINS)), [
      'error connection.unknownPreset «gitub»',
    ]);
    const result = resolveConnection(parseProjectFile(withLines('preset: gitub', ISSUER, ORIGINS)), 'a', undefined);
    assert.equal(result.diagnostics[0]?.data['nearest'], 'github');
    assert.deepEqual(refused(withLines('preset: "zzzzzzzz"', ISSUER, ORIGINS)), [
      'error connection.unknownPresetHere «"zzzzzzzz"»',
    ]);
  });

  it('whose customers each have an address of their own needs that address', () => {
    for (const name of ['microsoft', 'auth0', 'okta', 'keycloak', 'salesforce', 'cognito']) {
      const found = refused(withLines(`preset: ${name}`, CLIENT_ID, ORIGINS));
      assert.deepEqual(found, [`error connection.presetNeedsIssuer «${name}»`]);
    }
    const okta = connection(withLines('preset: okta', CLIENT_ID, 'issuer: https://acme.okta.com'));
    assert.deepEqual(okta.origins, ['https://acme.okta.com']);
    assert.equal(okta.redirectRules?.loopback, 'exactPort');
  });

  it('warns of a sign-in without PKCE, and of a secret that will be asked for [#noPkce]', () => {
    const secret = 'clientSecret: ${secret:s}';
    assert.deepEqual(warned(withLines('preset: linkedin', CLIENT_ID, secret)), [
      'warning connection.withoutPkce «linkedin»',
    ]);
    assert.deepEqual(warned(withLines('preset: github', CLIENT_ID)), ['warning connection.presetNeedsSecret «github»']);
    assert.deepEqual(warned(withLines('preset: slack', CLIENT_ID)), []);
    assert.deepEqual(warned(withLines('preset: slack', CLIENT_ID, secret)), ['warning connection.withoutPkce «slack»']);
    assert.deepEqual(warned(withLines('preset: github', CLIENT_ID, secret)), []);
  });

  it('warnings are shown in the editor, and stop nothing', () => {
    const text = withLines('preset: linkedin', CLIENT_ID, 'clientSecret: ${secret:s}');
    assert.deepEqual(summary(text, checkProjectFile(parseProjectFile(text), undefined)), [
      'warning connection.withoutPkce «linkedin»',
    ]);
  });
});

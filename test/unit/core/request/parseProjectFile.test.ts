import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnosticTemplate } from '../../../../src/core/request/diagnostic';
import { environmentNames } from '../../../../src/core/request/environmentNames';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { formatTemplate } from '../../../../src/core/text/template';
import { summary } from '../../../helpers/requestFiles';

function found(text: string): readonly string[] {
  return summary(text, parseProjectFile(text).diagnostics);
}

const text = `connections:
  acme:
    label: Acme
    issuer: \${login}
    clientId: \${clientId}
    scopes: [openid, orders.read]
    audience: https://api.example
    resource: https://api.example
    origins: ["\${api}"]
    grant: authorizationCode
    clientAuth: none
    redirect: { loopback: { ports: [8123, 8124], path: /cb } }
    parameters: { authorize: { prompt: login }, token: {}, refresh: {} }
  other:
    authorizationUrl: https://a.example/authorize
    tokenUrl: https://a.example/token
    revocationUrl: https://a.example/revoke
    userinfoUrl: https://a.example/userinfo
    endSessionUrl: https://a.example/end
    introspectionUrl: https://a.example/introspect
    deviceAuthorizationUrl: https://a.example/device
    origins: https://api.example
    redirect: { paste: https://a.example/code }
environments:
  local: { api: http://localhost:8080, login: http://localhost:9000 }
  production: { api: https://api.example, login: https://login.example }
protect: [production]
variables: { pageSize: 50 }
defaults: { baseUrl: "\${api}", auth: acme, headers: { Accept: application/json }, timeout: 30s }
x-notes: anything
`;

describe('a project file', () => {
  const project = parseProjectFile(text);

  it('is decoded without complaint', () => {
    assert.deepEqual(project.diagnostics, []);
    assert.deepEqual(project.faults, []);
    assert.deepEqual([...project.connections.keys()], ['acme', 'other']);
    assert.deepEqual(environmentNames(project), ['local', 'production']);
    assert.deepEqual(project.protect, ['production']);
    assert.equal(project.defaults.timeout.total, 30_000);
  });

  it('gives a connection its parts', () => {
    const acme = project.connections.get('acme');
    assert.deepEqual(acme?.redirect, { kind: 'loopback', ports: [8123, 8124], path: '/cb' });
    assert.equal(acme.parameters.authorize[0]?.name, 'prompt');
    assert.deepEqual(Object.keys(project.connections.get('other')?.endpoints ?? {}).sort(), [
      'authorization',
      'deviceAuthorization',
      'endSession',
      'introspection',
      'revocation',
      'token',
      'userinfo',
    ]);
  });
});

describe('faults of a connection', () => {
  const table: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['isuer: https://a.example', ['error request.unknownKey «isuer»']],
    ['origins: { a: b }', ['error request.wrongKind «{ a: b }»']],
    ['grant: authorisationCode', ['error request.unknownValue «authorisationCode»']],
    ['grant: password', ['error connection.grantRefused «password»']],
    ['grant: implicit', ['error connection.grantRefused «implicit»']],
    ['privateKey: x', ['error connection.secretInFile «x»']],
    ['privateKey: { keyId: k1 }', ['error request.wrongKind «{ keyId: k1 }»']],
    ['privateKey: { key: x }', ['error connection.secretInFile «x»']],
    ['exchange: { subject: x }', ['error connection.secretInFile «x»']],
    ['exchange: { subject: { conection: x } }', ['error request.unknownKey «conection»']],
    ['exchange: { subject: [x] }', ['error request.wrongKind «[x]»']],
    ['assertion: { sub: x }', ['error request.unknownKeyHere «sub»']],
    ['vscode: latchkey', ['error connection.vscodeSelf «latchkey»']],
    ['dpop: yes', ['error request.wrongKind «yes»']],
    ['refreshOn: [500]', ['error request.wrongKind «500»']],
    ['clientAuth: secret', ['error request.unknownValue «secret»']],
    ['grant: clientCredentials', []],
    ['clientAuth: basic', []],
    ['clientAuth: basicRaw', []],
    ['clientAuth: post', []],
    ['clientSecret: ${secret:nightly}', []],
    ['clientSecret: "${ secret: nightly build }"', []],
    ['clientSecret: hunter2', ['error connection.secretInFile «hunter2»']],
    ['clientSecret: 12345', ['error connection.secretInFile «12345»']],
    ['clientSecret: ${hidden}', ['error connection.secretInFile «${hidden}»']],
    ['clientSecret: x${secret:nightly}', ['error connection.secretInFile «x${secret:nightly}»']],
    ['clientSecret: ${secret:nightly}${secret:b}', ['error connection.secretInFile «${secret:nightly}${secret:b}»']],
    ['clientSecret: ${secret:nightly|base64}', ['error connection.secretInFile «${secret:nightly|base64}»']],
    ['clientSecret: ${secret:}', ['error connection.secretInFile «${secret:}»']],
    ['clientSecret: ${secret:a/b}', ['error connection.secretInFile «${secret:a/b}»']],
    ['clientSecret: [a]', ['error connection.secretInFile «[a]»']],
    ['redirect: browser', ['error request.wrongKind «browser»']],
    ['redirect: { loopback: { ports: [0] } }', ['error request.wrongKind «0»']],
    ['redirect: { loopback: { path: cb } }', ['error request.wrongKind «cb»']],
    [
      'redirect: { loopback: {}, paste: https://a.example }',
      ['error request.wrongKind «{ loopback: {}, paste: https://a.example }»'],
    ],
    ['parameters: { authorise: {} }', ['error request.unknownKey «authorise»']],
    ['redirect: auto', []],
    ['redirect: loopback', []],
    ['redirect: editorUri', []],
  ];
  for (const [line, expected] of table) {
    it(line, () => {
      const file = `connections:\n  a:\n    ${line}\n  b: { issuer: https://b.example }\n`;
      const project = parseProjectFile(file);
      assert.deepEqual(summary(file, project.diagnostics), expected);
      assert.equal(project.connections.get('a')?.faults.length, expected.length);
      assert.deepEqual(project.connections.get('b')?.faults, []);
      assert.deepEqual(project.faults, []);
    });
  }
});

describe('a connection with an account of VS Code', () => {
  it('says only what is its own', () => {
    const file = `connections:
  gh: { vscode: github, label: GitHub, scopes: [repo], origins: [https://api.github.com], x-note: 1, audience: null }
  no: { vscode: github, clientId: x, issuer: https://a.example, origins: [https://api.github.com] }
`;
    assert.deepEqual(found(file), ['error connection.vscodeAlone «clientId»', 'error connection.vscodeAlone «issuer»']);
  });
});

describe('a secret that was written into the file', () => {
  it('is refused, and in no sentence about it [T4]', () => {
    const file = 'connections: { a: { clientSecret: hunter2 } }\nvariables: { hidden: hunter3 }';
    const texts = parseProjectFile(file).diagnostics.map(({ code, data }) => {
      const { message, next } = diagnosticTemplate(code);
      return `${formatTemplate(message, data)} ${formatTemplate(next, data)}`;
    });
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? '', /Write clientSecret: \$\{secret:name\}/);
    assert.doesNotMatch(texts[0] ?? '', /hunter/);
  });

  it('is refused among the parameters too, where it would be in a URL or a second proof of the client [T2 T4]', () => {
    for (const phase of ['authorize', 'token', 'refresh']) {
      for (const value of ['hunter2', '"${hidden}"']) {
        const line = `parameters: { ${phase}: { client_secret: ${value} } }`;
        assert.deepEqual(found(`connections: { a: { ${line} } }`), ['error connection.secretInFile «client_secret»']);
      }
    }
  });
});

describe('grants that are not safe any more', () => {
  it('are refused, naming what to use instead [A2 #implicit #password]', () => {
    for (const grant of ['implicit', 'password']) {
      const [diagnostic] = parseProjectFile(`connections: { a: { grant: ${grant} } }`).diagnostics;
      assert.equal(diagnostic?.code, 'connection.grantRefused');
      const { message, next } = diagnosticTemplate(diagnostic.code);
      assert.match(formatTemplate(message, diagnostic.data), new RegExp(`The grant ${grant} is not safe`));
      assert.match(formatTemplate(next, diagnostic.data), /Use grant: authorizationCode/);
    }
  });
});

describe('what a connection can say beyond the usual', () => {
  const lines = [
    'preset: github',
    'vscode: github',
    'privateKey: ${secret:key}',
    'privateKey: ${file:./keys/client.pem}',
    'privateKey: { key: "${secret:key}", keyId: k1, algorithm: ES256 }',
    'assertion: { issuer: a, subject: b, audience: c, claims: { tenant: d } }',
    'exchange: { subject: { connection: other }, actor: "${secret:actor}", requestedType: "urn:x" }',
    'dpop: true',
    'par: false',
    'refreshOn: [401, 403]',
    'refreshOn: 403',
    'grant: deviceCode',
    'grant: jwtBearer',
    'grant: tokenExchange',
    'clientAuth: clientSecretJwt',
    'clientAuth: privateKeyJwt',
    'clientAuth: mtls',
    'redirect: { relay: https://a.example }',
  ];
  for (const line of lines) {
    it(line, () =>
      assert.deepEqual(found(`connections: { a: { ${line} } }`.replaceAll(/(: )(\$\{[^}]+\})/g, '$1"$2"')), []),
    );
  }
});

describe('the rest of a project file', () => {
  it('unknown key, with the nearest', () => {
    assert.deepEqual(found('conections: {}'), ['error request.unknownKey «conections»']);
    assert.equal(parseProjectFile('conections: {}').faults[0]?.data['nearest'], 'connections');
  });
  it('requests belong elsewhere', () =>
    assert.deepEqual(found('requests: {}'), ['error request.keyElsewhere «requests»']));
  it('protecting what there is not', () => {
    assert.deepEqual(found('environments: { production: {} }\nprotect: [prodution]'), [
      'warning request.unknownEnvironment «prodution»',
    ]);
  });
  it('a syntax error makes the whole file doubtful', () => {
    assert.equal(parseProjectFile('connections:\n  a: "x" y').faults.length > 0, true);
  });
  it('a list is no project file', () => assert.deepEqual(found('- a'), ['error request.wrongKind «- a»']));
  it('an empty file is one', () => assert.deepEqual(found(''), []));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describedConnections, type DescribedConnection } from '../../../../src/core/openapi/describedConnection';
import { operationCredentials } from '../../../../src/core/openapi/apiCredentials';
import { connectionLines } from '../../../../src/core/request/edit/connectionLines';
import { flowText, type NewYaml } from '../../../../src/core/request/edit/newYaml';
import { described, petStore, petStoreParts } from '../../../helpers/apiDescriptions';

const FLOW = 'authorizationUrl: https://l.example/a, tokenUrl: https://l.example/t, scopes: { r: "" }';

/** An API of one operation that needs one scheme. */
async function api(scheme: string, operation = 'security: [{ s: [r] }]'): ReturnType<typeof described> {
  const text = `openapi: 3.1.0
info: {}
servers: [{ url: https://api.example }]
paths: { /x: { get: { ${operation} } } }
components: { securitySchemes: { s: ${scheme}, key: { type: apiKey, in: cookie, name: sid }, second: { type: apiKey, in: header, name: X-Second }, user: { type: http, scheme: digest }, cert: { type: mutualTLS } } }`;
  return described({ 'api.yaml': text });
}

async function connection(scheme: string): Promise<DescribedConnection> {
  const description = await api(scheme);
  const [only] = describedConnections(description, description.operations);
  assert.ok(only);
  return only;
}

async function credentials(operation: string, inheritsAuth = false): Promise<unknown> {
  const description = await api(`{ type: oauth2, flows: {} }`, operation);
  const [only] = description.operations;
  assert.ok(only);
  const { auth, headers = [] } = operationCredentials(only, description.securitySchemes, {
    connections: {},
    inheritsAuth,
  });
  const shown = (value: NewYaml | undefined): string => (value ? flowText(value) : '-');
  return [shown(auth), ...headers.map(([name, value]) => `${name}: ${shown(value)}`)].join(' | ');
}

describe('the connection of an API description', () => {
  it('is written with its endpoints, the scopes that are needed, and where its operations go', async () => {
    const { connection: made } = await connection(`{ type: oauth2, flows: { authorizationCode: { ${FLOW} } } }`);
    assert.deepEqual(connectionLines({ ...made, clientId: 'abc' }), [
      ['authorizationUrl', 'https://l.example/a'],
      ['tokenUrl', 'https://l.example/t'],
      ['clientId', 'abc'],
      ['scopes', '[r]'],
      ['origins', '[https://api.example]'],
    ]);
  });

  it('is what people sign in with before what machines do', async () => {
    const flows = `clientCredentials: { tokenUrl: https://l.example/m }, deviceAuthorization: { deviceAuthorizationUrl: https://l.example/d, tokenUrl: https://l.example/t }`;
    const { connection: device } = await connection(`{ type: oauth2, flows: { ${flows} } }`);
    assert.deepEqual(connectionLines(device).slice(0, 3), [
      ['grant', 'deviceCode'],
      ['tokenUrl', 'https://l.example/t'],
      ['deviceAuthorizationUrl', 'https://l.example/d'],
    ]);
    const { connection: machine } = await connection(
      `{ type: oauth2, flows: { clientCredentials: { tokenUrl: https://l.example/m } } }`,
    );
    assert.deepEqual(connectionLines(machine).slice(0, 3), [
      ['grant', 'clientCredentials'],
      ['tokenUrl', 'https://l.example/m'],
      ['clientSecret', '"${secret:s}"'],
    ]);
  });

  it('takes authorization code in the place of what nobody should use any more', async () => {
    const implicit = await connection(`{ type: oauth2, flows: { implicit: { ${FLOW} } } }`);
    assert.deepEqual([implicit.outdated, implicit.connection.grant], ['implicit', 'authorizationCode']);
    const password = await connection(`{ type: oauth2, flows: { password: { ${FLOW} } } }`);
    assert.deepEqual([password.outdated, password.connection.grant], ['password', 'authorizationCode']);
  });

  it('has the issuer of OpenID Connect', async () => {
    const url = 'https://l.example/realms/a/.well-known/openid-configuration';
    const { connection: made } = await connection(`{ type: openIdConnect, openIdConnectUrl: ${url} }`);
    assert.deepEqual(connectionLines(made).slice(0, 2), [
      ['issuer', 'https://l.example/realms/a'],
      ['scopes', '[openid, r]'],
    ]);
  });

  it('goes nowhere that no operation of its goes', async () => {
    const pets = await described({ 'pets.yaml': petStore, 'parts.yaml': petStoreParts });
    const [made] = describedConnections(pets, pets.operations);
    assert.deepEqual(made?.connection.origins, ['https://api.example']);
    assert.deepEqual(describedConnections(pets, []), []);
  });
});

describe('the credentials of an operation', () => {
  it('are a sign-in before anything else, and nothing only where nothing else is described', async () => {
    assert.equal(await credentials('security: [{}, { key: [] }, { s: [] }]'), 'auto');
    assert.equal(
      await credentials('security: [{}, { second: [] }]'),
      '{ apiKey: { in: header, name: X-Second, value: "${secret:second}" } }',
    );
    assert.equal(await credentials('security: [{ cert: [] }, {}]'), '-');
    assert.equal(await credentials('security: []', true), 'none');
    assert.equal(await credentials('security: [{ unknown: [] }]', true), 'none');
  });

  it('have cookies and second keys beside them', async () => {
    assert.equal(await credentials('security: [{ key: [] }]'), '- | Cookie: "sid=${secret:key}"');
    assert.equal(await credentials('security: [{ s: [], second: [] }]'), 'auto | X-Second: "${secret:second}"');
    assert.equal(
      await credentials('security: [{ user: [] }]'),
      '{ digest: { username: "${secret:user-username}", password: "${secret:user-password}" } }',
    );
  });

  it('do not take the place of a cookie that a parameter asks for', async () => {
    const description = await api(
      '{ type: oauth2, flows: {} }',
      'security: [{ key: [] }], parameters: [{ name: a, in: cookie, required: true, example: b }]',
    );
    const { operationRequest } = await import('../../../../src/core/openapi/operationRequest');
    const [only] = description.operations;
    assert.ok(only);
    const style = { connections: {}, inheritsAuth: false, baseUrl: undefined };
    const headers = operationRequest(only, description, style, new Set()).entries.find(
      ([key]) => key === 'headers',
    )?.[1];
    assert.equal(headers && flowText(headers), '{ Cookie: "a=b; sid=${secret:key}" }');
  });
});

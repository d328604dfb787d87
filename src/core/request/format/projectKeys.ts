import { inputsKey } from './flowKeys';
import type { KeyTable, ValueTable } from './keyTable';
import { settingsKeys } from './settingsKeys';

export const grantValues = {
  authorizationCode: { docs: 'A person signs in in the browser (RFC 6749 §4.1 with PKCE).', supported: true },
  deviceCode: { docs: 'A person signs in on another device (RFC 8628).', supported: true },
  clientCredentials: { docs: 'The client itself is the one who signs in (RFC 6749 §4.4).', supported: true },
  jwtBearer: { docs: 'A signed assertion (RFC 7523).', supported: true },
  tokenExchange: { docs: 'A token is exchanged for another (RFC 8693).', supported: true },
} as const satisfies ValueTable;

export const clientAuthValues = {
  none: { docs: 'A public client, protected by PKCE.', supported: true },
  basic: {
    docs: 'The client secret in the Authorization header, form-encoded first (RFC 6749 §2.3.1).',
    supported: true,
  },
  basicRaw: { docs: 'The client secret in the Authorization header, not encoded.', supported: true },
  post: { docs: 'The client secret in the body.', supported: true },
  clientSecretJwt: { docs: 'An assertion signed with the client secret (RFC 7523).', supported: true },
  privateKeyJwt: { docs: 'An assertion signed with a private key (RFC 7523).', supported: true },
  mtls: { docs: 'A client certificate, from tls (RFC 8705).', supported: true },
} as const satisfies ValueTable;

export const loopbackKeys = {
  ports: {
    kind: 'integers',
    docs: 'Ports that are registered; none means any free one.',
    supported: true,
    minimum: 1,
    maximum: 65_535,
  },
  path: { kind: 'text', docs: 'The path that is registered.', supported: true },
} as const satisfies KeyTable;

export const redirectKeys = {
  loopback: { kind: 'object', docs: 'A port on 127.0.0.1.', supported: true, keys: loopbackKeys },
  paste: {
    kind: 'template',
    docs: 'A page that shows the code for pasting; its URL is registered.',
    supported: true,
    needsValue: true,
  },
  relay: {
    kind: 'template',
    docs: 'A page that forwards to the editor; its URL is registered.',
    supported: true,
    needsValue: true,
  },
} as const satisfies KeyTable;

export const redirectValues = {
  auto: { docs: 'What fits the place where the editor runs.', supported: true },
  loopback: { docs: 'A free port on 127.0.0.1.', supported: true },
  editorUri: { docs: 'A link that opens the editor.', supported: true },
} as const satisfies ValueTable;

export const parameterKeys = {
  authorize: { kind: 'fields', docs: 'Sent with the authorization request.', supported: true },
  token: { kind: 'fields', docs: 'Sent with the token request.', supported: true },
  refresh: { kind: 'fields', docs: 'Sent with the refresh request.', supported: true },
} as const satisfies KeyTable;

export const privateKeyKeys = {
  key: { kind: 'template', docs: 'The key as PEM or JWK: ${secret:name} or ${file:./key.pem}.', supported: true },
  keyId: { kind: 'template', docs: 'The kid that the server knows the key by.', supported: true },
  algorithm: {
    kind: 'template',
    docs: 'The JWS algorithm, such as ES256; left out, what fits the key.',
    supported: true,
  },
} as const satisfies KeyTable;

export const assertionKeys = {
  issuer: { kind: 'template', docs: 'The iss claim; left out, the client id.', supported: true },
  subject: { kind: 'template', docs: 'The sub claim; left out, the client id.', supported: true },
  audience: { kind: 'template', docs: 'The aud claim; left out, the issuer or the token endpoint.', supported: true },
  claims: { kind: 'fields', docs: 'Further claims of the assertion.', supported: true },
} as const satisfies KeyTable;

export const exchangedTokenKeys = {
  connection: { kind: 'connectionName', docs: 'The connection whose token is exchanged.', supported: true },
} as const satisfies KeyTable;

export const exchangeKeys = {
  subject: {
    kind: 'object',
    or: 'template',
    docs: 'The token to exchange: { connection: name } or ${secret:name}.',
    supported: true,
    keys: exchangedTokenKeys,
  },
  subjectType: {
    kind: 'template',
    docs: 'The token type URI of the subject; left out, an access token.',
    supported: true,
  },
  actor: {
    kind: 'object',
    or: 'template',
    docs: 'The token of who acts: { connection: name } or ${secret:name}.',
    supported: true,
    keys: exchangedTokenKeys,
  },
  actorType: { kind: 'template', docs: 'The token type URI of the actor; left out, an access token.', supported: true },
  requestedType: { kind: 'template', docs: 'The token type URI that is asked for.', supported: true },
} as const satisfies KeyTable;

/** One connection. */
export const connectionKeys = {
  label: { kind: 'template', docs: 'What people read instead of the key.', supported: true },
  preset: {
    kind: 'text',
    docs: 'A provider whose endpoints and manners are known.',
    supported: true,
    suggest: 'preset',
  },
  vscode: { kind: 'text', docs: 'A sign-in that VS Code itself has.', supported: true, suggest: 'editorProvider' },
  grant: { kind: 'choice', docs: 'How the token is obtained.', supported: true, values: grantValues },
  issuer: { kind: 'url', docs: 'The authorization server; its endpoints are discovered.', supported: true },
  authorizationUrl: { kind: 'url', docs: 'The authorization endpoint.', supported: true },
  tokenUrl: { kind: 'url', docs: 'The token endpoint.', supported: true },
  deviceAuthorizationUrl: { kind: 'url', docs: 'The device authorization endpoint.', supported: true },
  revocationUrl: { kind: 'url', docs: 'The revocation endpoint.', supported: true },
  introspectionUrl: { kind: 'url', docs: 'The introspection endpoint.', supported: true },
  userinfoUrl: { kind: 'url', docs: 'The userinfo endpoint.', supported: true },
  endSessionUrl: { kind: 'url', docs: 'The end session endpoint.', supported: true },
  clientId: { kind: 'template', docs: 'The registered client; left out, a client is registered.', supported: true },
  clientSecret: { kind: 'template', docs: 'The client secret, as ${secret:name}.', supported: true },
  clientAuth: { kind: 'choice', docs: 'How the client authenticates.', supported: true, values: clientAuthValues },
  privateKey: {
    kind: 'object',
    or: 'template',
    docs: 'The key that signs assertions.',
    supported: true,
    keys: privateKeyKeys,
  },
  assertion: {
    kind: 'object',
    docs: 'What the assertion of the JWT bearer grant says (RFC 7523 §3).',
    supported: true,
    keys: assertionKeys,
  },
  exchange: {
    kind: 'object',
    docs: 'The tokens of the token exchange grant (RFC 8693 §2.1).',
    supported: true,
    keys: exchangeKeys,
  },
  scopes: { kind: 'templates', docs: 'The scopes that are asked for.', supported: true, suggest: 'scope' },
  audience: { kind: 'template', docs: 'The API the token is for, where the server wants it so.', supported: true },
  resource: { kind: 'templates', docs: 'The API the token is for (RFC 8707).', supported: true },
  origins: { kind: 'templates', docs: 'The only places the token may go.', supported: true, suggest: 'origin' },
  redirect: {
    kind: 'object',
    docs: 'How the browser comes back.',
    supported: true,
    keys: redirectKeys,
    values: redirectValues,
  },
  parameters: { kind: 'object', docs: 'Further parameters, by phase.', supported: true, keys: parameterKeys },
  dpop: { kind: 'boolean', docs: 'Tokens are bound to a key of this machine (RFC 9449).', supported: true },
  par: {
    kind: 'boolean',
    docs: 'Pushed authorization requests (RFC 9126); left out, when the server offers them.',
    supported: true,
  },
  refreshOn: {
    kind: 'integers',
    docs: 'Statuses of the API that mean an expired token; 401 if left out.',
    supported: true,
    minimum: 400,
    maximum: 499,
  },
} as const satisfies KeyTable;

/** One origin. */
export const tlsKeys = {
  ca: {
    kind: 'texts',
    docs: 'Files with certificates of authorities that are trusted beside the usual ones.',
    supported: true,
  },
  cert: { kind: 'text', docs: 'The client certificate with its chain: a file or ${secret:name}.', supported: true },
  key: { kind: 'text', docs: 'The key of the certificate: ${secret:name} or a file.', supported: true },
  pfx: { kind: 'text', docs: 'Certificate and key in one (PKCS #12): a file or ${secret:name}.', supported: true },
  passphrase: { kind: 'text', docs: 'What opens the key or the PFX, as ${secret:name}.', supported: true },
  verify: {
    kind: 'boolean',
    docs: 'Whether the certificate of the server is checked; true if left out.',
    supported: true,
  },
} as const satisfies KeyTable;

/** The project file. */
export const projectFileKeys = {
  connections: { kind: 'named', docs: 'OAuth clients, by name.', supported: true, keys: connectionKeys },
  environments: { kind: 'namedVariables', docs: 'Sets of variables; one is active at a time.', supported: true },
  protect: {
    kind: 'texts',
    docs: 'Environments that ask before data is changed.',
    supported: true,
    suggest: 'environment',
  },
  variables: { kind: 'variables', docs: 'Values for ${name} everywhere.', supported: true },
  defaults: { kind: 'object', docs: 'What every request inherits.', supported: true, keys: settingsKeys },
  tls: { kind: 'named', docs: 'Certificates, by https origin.', supported: true, keys: tlsKeys },
  ...inputsKey,
} as const satisfies KeyTable;

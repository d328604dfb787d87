import { inputsKey } from './flowKeys';
import type { KeyTable, ValueTable } from './keyTable';
import { settingsKeys } from './settingsKeys';

export const grantValues = {
  authorizationCode: { docs: 'A person signs in in the browser (RFC 6749 §4.1 with PKCE).' },
  deviceCode: { docs: 'A person signs in on another device (RFC 8628).' },
  clientCredentials: { docs: 'The client itself is the one who signs in (RFC 6749 §4.4).' },
  jwtBearer: { docs: 'A signed assertion (RFC 7523).' },
  tokenExchange: { docs: 'A token is exchanged for another (RFC 8693).' },
} as const satisfies ValueTable;

export const clientAuthValues = {
  none: { docs: 'A public client, protected by PKCE.' },
  basic: {
    docs: 'The client secret in the Authorization header, form-encoded first (RFC 6749 §2.3.1).',
  },
  basicRaw: { docs: 'The client secret in the Authorization header, not encoded.' },
  post: { docs: 'The client secret in the body.' },
  clientSecretJwt: { docs: 'An assertion signed with the client secret (RFC 7523).' },
  privateKeyJwt: { docs: 'An assertion signed with a private key (RFC 7523).' },
  mtls: { docs: 'A client certificate, from tls (RFC 8705).' },
} as const satisfies ValueTable;

export const loopbackKeys = {
  ports: {
    kind: 'integers',
    docs: 'Ports that are registered; none means any free one.',
    minimum: 1,
    maximum: 65_535,
  },
  path: { kind: 'text', docs: 'The path that is registered.' },
} as const satisfies KeyTable;

export const redirectKeys = {
  loopback: { kind: 'object', docs: 'A port on 127.0.0.1.', keys: loopbackKeys },
  paste: {
    kind: 'template',
    docs: 'A page that shows the code for pasting; its URL is registered.',
    needsValue: true,
  },
  relay: {
    kind: 'template',
    docs: 'A page that forwards to the editor; its URL is registered.',
    needsValue: true,
  },
} as const satisfies KeyTable;

export const redirectValues = {
  auto: { docs: 'What fits the place where the editor runs.' },
  loopback: { docs: 'A free port on 127.0.0.1.' },
  editorUri: { docs: 'A link that opens the editor.' },
} as const satisfies ValueTable;

export const parameterKeys = {
  authorize: { kind: 'fields', docs: 'Sent with the authorization request.' },
  token: { kind: 'fields', docs: 'Sent with the token request.' },
  refresh: { kind: 'fields', docs: 'Sent with the refresh request.' },
} as const satisfies KeyTable;

export const privateKeyKeys = {
  key: { kind: 'template', docs: 'The key as PEM or JWK: ${secret:name} or ${file:./key.pem}.' },
  keyId: { kind: 'template', docs: 'The kid that the server knows the key by.' },
  algorithm: {
    kind: 'template',
    docs: 'The JWS algorithm, such as ES256; left out, what fits the key.',
  },
} as const satisfies KeyTable;

export const assertionKeys = {
  issuer: { kind: 'template', docs: 'The iss claim; left out, the client id.' },
  subject: { kind: 'template', docs: 'The sub claim; left out, the client id.' },
  audience: { kind: 'template', docs: 'The aud claim; left out, the issuer or the token endpoint.' },
  claims: { kind: 'fields', docs: 'Further claims of the assertion.' },
} as const satisfies KeyTable;

export const exchangedTokenKeys = {
  connection: { kind: 'connectionName', docs: 'The connection whose token is exchanged.' },
} as const satisfies KeyTable;

export const exchangeKeys = {
  subject: {
    kind: 'object',
    or: 'template',
    docs: 'The token to exchange: { connection: name } or ${secret:name}.',
    keys: exchangedTokenKeys,
  },
  subjectType: {
    kind: 'template',
    docs: 'The token type URI of the subject; left out, an access token.',
  },
  actor: {
    kind: 'object',
    or: 'template',
    docs: 'The token of who acts: { connection: name } or ${secret:name}.',
    keys: exchangedTokenKeys,
  },
  actorType: { kind: 'template', docs: 'The token type URI of the actor; left out, an access token.' },
  requestedType: { kind: 'template', docs: 'The token type URI that is asked for.' },
} as const satisfies KeyTable;

/** One connection. */
export const connectionKeys = {
  label: { kind: 'template', docs: 'What people read instead of the key.' },
  preset: {
    kind: 'text',
    docs: 'A provider whose endpoints and manners are known.',
    suggest: 'preset',
  },
  vscode: { kind: 'text', docs: 'A sign-in that VS Code itself has.', suggest: 'editorProvider' },
  grant: { kind: 'choice', docs: 'How the token is obtained.', values: grantValues },
  issuer: { kind: 'url', docs: 'The authorization server; its endpoints are discovered.' },
  authorizationUrl: { kind: 'url', docs: 'The authorization endpoint.' },
  tokenUrl: { kind: 'url', docs: 'The token endpoint.' },
  deviceAuthorizationUrl: { kind: 'url', docs: 'The device authorization endpoint.' },
  revocationUrl: { kind: 'url', docs: 'The revocation endpoint.' },
  introspectionUrl: { kind: 'url', docs: 'The introspection endpoint.' },
  userinfoUrl: { kind: 'url', docs: 'The userinfo endpoint.' },
  endSessionUrl: { kind: 'url', docs: 'The end session endpoint.' },
  clientId: { kind: 'template', docs: 'The registered client; left out, a client is registered.' },
  clientSecret: { kind: 'template', docs: 'The client secret, as ${secret:name}.' },
  clientAuth: { kind: 'choice', docs: 'How the client authenticates.', values: clientAuthValues },
  privateKey: {
    kind: 'object',
    or: 'template',
    docs: 'The key that signs assertions.',
    keys: privateKeyKeys,
  },
  assertion: {
    kind: 'object',
    docs: 'What the assertion of the JWT bearer grant says (RFC 7523 §3).',
    keys: assertionKeys,
  },
  exchange: {
    kind: 'object',
    docs: 'The tokens of the token exchange grant (RFC 8693 §2.1).',
    keys: exchangeKeys,
  },
  scopes: { kind: 'templates', docs: 'The scopes that are asked for.', suggest: 'scope' },
  audience: { kind: 'template', docs: 'The API the token is for, where the server wants it so.' },
  resource: { kind: 'templates', docs: 'The API the token is for (RFC 8707).' },
  origins: { kind: 'templates', docs: 'The only places the token may go.', suggest: 'origin' },
  redirect: {
    kind: 'object',
    docs: 'How the browser comes back.',
    keys: redirectKeys,
    values: redirectValues,
  },
  parameters: { kind: 'object', docs: 'Further parameters, by phase.', keys: parameterKeys },
  dpop: { kind: 'boolean', docs: 'Tokens are bound to a key of this machine (RFC 9449).' },
  par: {
    kind: 'boolean',
    docs: 'Pushed authorization requests (RFC 9126); left out, when the server offers them.',
  },
  refreshOn: {
    kind: 'integers',
    docs: 'Statuses of the API that mean an expired token; 401 if left out.',
    minimum: 400,
    maximum: 499,
  },
} as const satisfies KeyTable;

/** One origin. */
export const tlsKeys = {
  ca: {
    kind: 'texts',
    docs: 'Files with certificates of authorities that are trusted beside the usual ones.',
  },
  cert: { kind: 'text', docs: 'The client certificate with its chain: a file or ${secret:name}.' },
  key: { kind: 'text', docs: 'The key of the certificate: ${secret:name} or a file.' },
  pfx: { kind: 'text', docs: 'Certificate and key in one (PKCS #12): a file or ${secret:name}.' },
  passphrase: { kind: 'text', docs: 'What opens the key or the PFX, as ${secret:name}.' },
  verify: {
    kind: 'boolean',
    docs: 'Whether the certificate of the server is checked; true if left out.',
  },
} as const satisfies KeyTable;

/** The project file. */
export const projectFileKeys = {
  connections: { kind: 'named', docs: 'OAuth clients, by name.', keys: connectionKeys },
  environments: { kind: 'namedVariables', docs: 'Sets of variables; one is active at a time.' },
  protect: {
    kind: 'texts',
    docs: 'Environments that ask before data is changed.',
    suggest: 'environment',
  },
  variables: { kind: 'variables', docs: 'Values for ${name} everywhere.' },
  defaults: { kind: 'object', docs: 'What every request inherits.', keys: settingsKeys },
  tls: { kind: 'named', docs: 'Certificates, by https origin.', keys: tlsKeys },
  ...inputsKey,
} as const satisfies KeyTable;

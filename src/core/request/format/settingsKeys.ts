import type { KeyTable, ValueTable } from './keyTable';

export const placementValues = {
  header: { docs: 'A header; left out, the Authorization header.', supported: true },
  query: { docs: 'A query parameter, which ends up in logs.', supported: true },
} as const satisfies ValueTable;

export const timeoutKeys = {
  connect: { kind: 'duration', docs: 'The longest wait for a connection.', supported: true },
  headers: { kind: 'duration', docs: 'The longest wait for the head of the response.', supported: true },
  idle: { kind: 'duration', docs: 'The longest pause between two pieces of the body.', supported: true },
  total: { kind: 'duration', docs: 'The longest time for the whole exchange.', supported: true },
} as const satisfies KeyTable;

export const authKeys = {
  connection: { kind: 'connectionName', docs: 'The connection that signs in.', supported: true },
  account: {
    kind: 'template',
    docs: 'A role such as admin, which each developer maps to an account.',
    supported: true,
  },
  scopes: { kind: 'templates', docs: 'Scopes this request needs beyond those of the connection.', supported: true },
  in: {
    kind: 'choice',
    docs: 'Where the token goes: header or query.',
    supported: true,
    values: placementValues,
  },
  name: { kind: 'text', docs: 'The header or query parameter that carries the token.', supported: true },
  basic: { kind: 'any', docs: 'User name and password (RFC 7617).', supported: false },
  bearer: { kind: 'template', docs: 'A token that was obtained elsewhere (RFC 6750).', supported: false },
  apiKey: { kind: 'any', docs: 'A key in a header or in the query.', supported: false },
  digest: { kind: 'any', docs: 'Digest authentication (RFC 7616).', supported: false },
  awsSigV4: { kind: 'any', docs: 'AWS Signature Version 4.', supported: false },
  hmac: { kind: 'any', docs: 'A signature over the request with a shared key.', supported: false },
} as const satisfies KeyTable;

/** What project defaults, the top level of a request file and a request have in common. */
export const settingsKeys = {
  auth: {
    kind: 'object',
    docs: 'Who the request is sent as: the name of a connection, none, auto, or { connection, account, scopes }.',
    supported: true,
    keys: authKeys,
    values: {
      none: { docs: 'The request is sent without authentication.', supported: true },
      auto: { docs: 'Where to sign in is found out from the API when it answers 401.', supported: true },
    },
  },
  baseUrl: { kind: 'url', docs: 'What is put before a URL that has no scheme.', supported: true },
  headers: { kind: 'fields', docs: 'Headers; names ignore case, null removes an inherited one.', supported: true },
  query: { kind: 'fields', docs: 'Query parameters, appended in file order; a list repeats one.', supported: true },
  timeout: { kind: 'object', docs: 'A duration such as 30s, or one per phase.', supported: true, keys: timeoutKeys },
  redirects: { kind: 'integer', docs: 'How many redirects are followed; 0 follows none.', supported: true },
  cookies: { kind: 'choice', docs: 'Whether cookies are kept and sent: off turns them off.', supported: false },
} as const satisfies KeyTable;

import type { KeyTable, ValueTable } from './keyTable';

export const placementValues = {
  header: { docs: 'A header; left out, the Authorization header.', supported: true },
  query: { docs: 'A query parameter, which ends up in logs.', supported: true },
} as const satisfies ValueTable;

export const basicKeys = {
  username: { kind: 'template', docs: 'The user name; it has no colon in it.', supported: true },
  password: { kind: 'template', docs: 'The password, as ${secret:name}; "" for none.', supported: true },
} as const satisfies KeyTable;

export const apiKeyPlaces = {
  header: { docs: 'A header of that name.', supported: true },
  query: { docs: 'A query parameter of that name, which ends up in logs.', supported: true },
} as const satisfies ValueTable;

export const apiKeyKeys = {
  in: { kind: 'choice', docs: 'Where the key goes; a header if left out.', supported: true, values: apiKeyPlaces },
  name: { kind: 'text', docs: 'The header or query parameter that carries the key.', supported: true },
  value: { kind: 'template', docs: 'The key itself, as ${secret:name}.', supported: true },
} as const satisfies KeyTable;

/** What `auth` takes as a map: a connection with its details, or one way to authenticate without one. */
export const authKeys = {
  connection: { kind: 'connectionName', docs: 'The connection that signs in.', supported: true, needsValue: true },
  account: {
    kind: 'template',
    docs: 'A role such as admin, which each developer maps to an account.',
    supported: true,
    needsValue: true,
  },
  scopes: {
    kind: 'templates',
    docs: 'Scopes this request needs beyond those of the connection.',
    supported: true,
    suggest: 'scope',
  },
  in: {
    kind: 'choice',
    docs: 'Where the token goes: header or query.',
    supported: true,
    values: placementValues,
  },
  name: { kind: 'text', docs: 'The header or query parameter that carries the token.', supported: true },
  basic: {
    kind: 'object',
    docs: 'User name and password in the Authorization header, as UTF-8 (RFC 7617).',
    supported: true,
    needsValue: true,
    keys: basicKeys,
  },
  bearer: {
    kind: 'template',
    docs: 'A token that was obtained elsewhere, as ${secret:name}, in the Authorization header (RFC 6750).',
    supported: true,
    needsValue: true,
  },
  apiKey: {
    kind: 'object',
    docs: 'A key in a header or in the query.',
    supported: true,
    needsValue: true,
    keys: apiKeyKeys,
  },
  digest: { kind: 'any', docs: 'Digest authentication (RFC 7616).', supported: false },
  awsSigV4: { kind: 'any', docs: 'AWS Signature Version 4.', supported: false },
  hmac: { kind: 'any', docs: 'A signature over the request with a shared key.', supported: false },
} as const satisfies KeyTable;

import type { KeyTable, ValueTable } from './keyTable';

export const placementValues = {
  header: { docs: 'A header; left out, the Authorization header.' },
  query: { docs: 'A query parameter, which ends up in logs.' },
} as const satisfies ValueTable;

export const basicKeys = {
  username: { kind: 'template', docs: 'The user name; it has no colon in it.' },
  password: { kind: 'template', docs: 'The password, as ${secret:name}; "" for none.' },
} as const satisfies KeyTable;

export const apiKeyPlaces = {
  header: { docs: 'A header of that name.' },
  query: { docs: 'A query parameter of that name, which ends up in logs.' },
} as const satisfies ValueTable;

export const apiKeyKeys = {
  in: { kind: 'choice', docs: 'Where the key goes; a header if left out.', values: apiKeyPlaces },
  name: { kind: 'text', docs: 'The header or query parameter that carries the key.' },
  value: { kind: 'template', docs: 'The key itself, as ${secret:name}.' },
} as const satisfies KeyTable;

export const awsKeys = {
  region: { kind: 'template', docs: 'The region of the endpoint, such as eu-central-1.' },
  service: { kind: 'template', docs: 'The service as signatures name it, such as s3 or execute-api.' },
  accessKeyId: { kind: 'template', docs: 'The access key id.' },
  secretAccessKey: { kind: 'template', docs: 'The secret access key, as ${secret:name}.' },
  sessionToken: { kind: 'template', docs: 'The token of temporary credentials, as ${secret:name}.' },
} as const satisfies KeyTable;

export const hmacAlgorithms = {
  sha1: { docs: 'HMAC-SHA-1, for servers that know nothing else.' },
  sha256: { docs: 'HMAC-SHA-256, the default.' },
  sha384: { docs: 'HMAC-SHA-384.' },
  sha512: { docs: 'HMAC-SHA-512.' },
} as const satisfies ValueTable;

export const hmacKeys = {
  key: { kind: 'template', docs: 'The shared key, as ${secret:name}; its UTF-8 bytes are used.' },
  header: { kind: 'text', docs: 'The header that carries the signature.' },
  message: {
    kind: 'template',
    docs: 'What is signed; ${body} if left out. Beside other values it may have ${method}, ${url}, ${host}, ${target} (path and query), ${path}, ${query}, ${timestamp} (Unix seconds), ${nonce}, ${body} and ${bodyHash}; ${bodyHash|base64} is base64 instead of hex.',
  },
  value: {
    kind: 'template',
    docs: 'What the header says, such as t=${timestamp},v1=${signature}; ${signature} in hex if left out, ${signature|base64} for base64. It may have what message may have, but for ${body}.',
  },
  algorithm: {
    kind: 'choice',
    docs: 'The hash function; sha256 if left out.',
    values: hmacAlgorithms,
  },
} as const satisfies KeyTable;

/** What `auth` takes as a map: a connection with its details, or one way to authenticate without one. */
export const authKeys = {
  connection: { kind: 'connectionName', docs: 'The connection that signs in.', needsValue: true },
  account: {
    kind: 'template',
    docs: 'A role such as admin, which each developer maps to an account.',
    needsValue: true,
  },
  scopes: {
    kind: 'templates',
    docs: 'Scopes this request needs beyond those of the connection.',
    suggest: 'scope',
  },
  in: {
    kind: 'choice',
    docs: 'Where the token goes: header or query.',
    values: placementValues,
  },
  name: { kind: 'text', docs: 'The header or query parameter that carries the token.' },
  basic: {
    kind: 'object',
    docs: 'User name and password in the Authorization header, as UTF-8 (RFC 7617).',
    needsValue: true,
    keys: basicKeys,
  },
  bearer: {
    kind: 'template',
    docs: 'A token that was obtained elsewhere, as ${secret:name}, in the Authorization header (RFC 6750).',
    needsValue: true,
  },
  apiKey: {
    kind: 'object',
    docs: 'A key in a header or in the query.',
    needsValue: true,
    keys: apiKeyKeys,
  },
  digest: {
    kind: 'object',
    docs: 'User name and password, which answer the server’s challenge and never leave in plain (RFC 7616).',
    needsValue: true,
    keys: basicKeys,
  },
  awsSigV4: {
    kind: 'object',
    docs: 'AWS Signature Version 4, made for each hop.',
    needsValue: true,
    keys: awsKeys,
  },
  hmac: {
    kind: 'object',
    docs: 'A signature over the request with a shared key, as of webhooks.',
    needsValue: true,
    keys: hmacKeys,
  },
} as const satisfies KeyTable;

import { authKeys } from './authKeys';
import type { KeyTable, ValueTable } from './keyTable';

export const timeoutKeys = {
  connect: { kind: 'duration', docs: 'The longest wait for a connection.' },
  headers: { kind: 'duration', docs: 'The longest wait for the head of the response.' },
  idle: { kind: 'duration', docs: 'The longest pause between two pieces of the body.' },
  total: { kind: 'duration', docs: 'The longest time for the whole exchange.' },
} as const satisfies KeyTable;

export const cookieValues = {
  on: {
    docs: 'What a server sets is kept for the project and environment, and sent where it belongs.',
  },
  off: { docs: 'No cookie is kept, and none is sent but those of a Cookie header in the file.' },
} as const satisfies ValueTable;

/** What project defaults, the top level of a request file and a request have in common. */
export const settingsKeys = {
  auth: {
    kind: 'object',
    or: 'connectionName',
    docs: 'Who the request is sent as: the name of a connection, none, auto, or a map with a connection or credentials.',
    keys: authKeys,
    values: {
      none: { docs: 'The request is sent without authentication.' },
      auto: { docs: 'Where to sign in is found out from the API when it answers 401.' },
    },
  },
  baseUrl: { kind: 'url', docs: 'What is put before a URL that has no scheme.' },
  headers: {
    kind: 'fields',
    docs: 'Headers; names ignore case, null removes an inherited one.',
    suggest: 'header',
  },
  query: { kind: 'fields', docs: 'Query parameters, appended in file order; a list repeats one.' },
  timeout: {
    kind: 'object',
    or: 'duration',
    docs: 'A duration such as 30s, or one per phase.',
    keys: timeoutKeys,
  },
  redirects: {
    kind: 'integer',
    docs: 'How many redirects are followed, 10 if left out; 0 follows none.',
    minimum: 0,
    maximum: 100,
  },
  cookies: {
    kind: 'choice',
    or: 'boolean',
    docs: 'Whether cookies are kept and sent: on or off; on if left out.',
    values: cookieValues,
  },
} as const satisfies KeyTable;

import type { ConnectionConfig } from './model';

/** A connection of which nothing is known yet. */
export const blankConnection: ConnectionConfig = {
  name: 'new',
  label: 'new',
  grant: 'authorizationCode',
  endpoints: {},
  scopes: [],
  resource: [],
  origins: [],
  redirect: { kind: 'auto' },
  parameters: { authorize: {}, token: {}, refresh: {} },
};

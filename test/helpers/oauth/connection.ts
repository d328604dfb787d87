import type { ConnectionConfig } from '../../../src/core/oauth/model';

/** A connection as the project file would give it, with what a test wants different. */
export function connectionWith(more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return {
    name: 'acme',
    label: 'Acme',
    grant: 'authorizationCode',
    endpoints: {},
    scopes: ['openid', 'offline_access'],
    resource: [],
    origins: ['https://api.acme.dev'],
    redirect: { kind: 'auto' },
    parameters: { authorize: {}, token: {}, refresh: {} },
    ...more,
  };
}

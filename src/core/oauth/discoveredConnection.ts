import type { ConnectionConfig } from './model';

/** What was found out about an API: all that is kept of it. Plain JSON, no secret. */
export interface DiscoveredFacts {
  /** Serialised: the only place the token may go. */
  readonly origin: string;
  /** The API's identifier (RFC 8707); `undefined`: it published none. */
  readonly resource: string | undefined;
  readonly issuer: string;
  /** Absent: register dynamically (RFC 7591). */
  readonly clientId: string | undefined;
  readonly scopes: readonly string[];
  readonly dpop: boolean;
}

/**
 * The connection to an API that said itself where to sign in. Its name is the API's origin: a project file cannot hold
 * such a name, so neither its approval nor its sessions are taken for those of a connection there.
 */
export function discoveredConnection(facts: DiscoveredFacts): ConnectionConfig {
  const { origin, resource, issuer, clientId, scopes, dpop } = facts;
  return {
    name: origin,
    // Not the name that the API gives itself, which could be anybody's.
    label: new URL(origin).host,
    discovered: true,
    grant: 'authorizationCode',
    issuer,
    endpoints: {},
    clientId,
    scopes,
    resource: resource === undefined ? [] : [resource],
    origins: [origin],
    redirect: { kind: 'auto' },
    parameters: { authorize: {}, token: {}, refresh: {} },
    dpop: dpop ? true : undefined,
  };
}

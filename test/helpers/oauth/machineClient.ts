import type { ClientMetadata } from 'oidc-provider';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { startAuthServer, type AuthServer } from './authServer';
import { connectionWith } from './connection';

/** A server with these clients and everything that clients do at endpoints of their own. */
export function startClientServer(...clients: readonly ClientMetadata[]): Promise<AuthServer> {
  const features = {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    // Those that want it say so.
    pushedAuthorizationRequests: { enabled: false },
  };
  return startAuthServer({ clients: [...clients], accessTokenTtl: 600, configuration: { features } });
}

/** A client that signs in itself, as the server knows it. */
export function machineClient(more: Partial<ClientMetadata>): ClientMetadata {
  return {
    client_id: 'nightly',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: 'orders.read',
    ...more,
  };
}

/** The connection of a {@link machineClient}. */
export function machineConnection(issuer: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return connectionWith({ issuer, clientId: 'nightly', grant: 'clientCredentials', scopes: ['orders.read'], ...more });
}

/** Whether the server still believes a machine's token. */
export async function isClientToken(server: AuthServer, token: string): Promise<boolean> {
  return (await server.provider.ClientCredentials.find(token)) !== undefined;
}

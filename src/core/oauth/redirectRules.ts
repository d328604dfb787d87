import { deviceCodeGrantType } from './clientRegistration';
import type { ConnectionConfig } from './model';
import { configuredClient } from './oauthClient';
import type { ServerMetadata } from './serverMetadata';

/**
 * What a provider lets the redirect URIs of a native client be; the data of a preset. What is absent is as RFC 8252
 * has it.
 */
export interface ProviderRedirectRules {
  /** Whether schemes of editors (`vscode:`) can be registered. Absent: yes. */
  readonly editorSchemes?: boolean | undefined;
  /**
   * `anyPort`: registered without a port (RFC 8252 §7.3). `exactPort`: the port is compared too. `refused`: no address
   * of this machine can be registered. Absent: `anyPort`.
   */
  readonly loopback?: 'anyPort' | 'exactPort' | 'refused' | undefined;
  /** The host to register: the address or, where a provider insists on it, the name. Absent: the address. */
  readonly loopbackHost?: '127.0.0.1' | 'localhost' | undefined;
}

/** All that is known of the server before the way of signing in is chosen. */
export interface RedirectRules extends ProviderRedirectRules {
  /** It registers a client for each sign-in (RFC 7591), so an address that changes each time can be used. */
  readonly registersClients: boolean;
  /** The client can sign in with a code instead (RFC 8628). */
  readonly device: boolean;
}

/** Reads them off the connection's provider, the server's metadata and the client. */
export function redirectRules(connection: ConnectionConfig, server: ServerMetadata): RedirectRules {
  const {
    device_authorization_endpoint: device,
    grant_types_supported: grants,
    registration_endpoint: registration,
  } = server.metadata;
  const isConfidential = (configuredClient(connection, server)?.auth ?? 'none') !== 'none';
  return {
    ...connection.redirectRules,
    registersClients: registration !== undefined && !isConfidential,
    device: device !== undefined && grants?.includes(deviceCodeGrantType) !== false,
  };
}

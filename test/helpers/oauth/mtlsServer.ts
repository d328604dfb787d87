import { createHash, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ClientAuthMethod, ClientMetadata } from 'oidc-provider';
import type { TlsSetting } from '../../../src/core/http/tlsSetting';
import { demandingClients } from '../localServers';
import { tlsFixture } from '../tlsProfiles';
import { desktopClient, startAuthServer, type AuthServer, type AuthServerOptions } from './authServer';

interface Context {
  readonly req: { readonly socket: unknown };
}

const clientAuthMethods: ClientAuthMethod[] = [
  'none',
  'client_secret_basic',
  'tls_client_auth',
  'self_signed_tls_client_auth',
];

/** A server whose clients authenticate by certificate (RFC 8705), at addresses of their own that let nobody else in. */
export function startMtlsServer(
  clients: readonly ClientMetadata[],
  more: Omit<AuthServerOptions, 'clients' | 'https'> & { readonly deviceFlow?: boolean } = {},
): Promise<AuthServer> {
  const certificateOf = (context: Context): X509Certificate | undefined => {
    const { socket } = context.req as { socket: Partial<TLSSocket> };
    return socket.getPeerX509Certificate?.();
  };
  const features = {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: true,
      getCertificate: (context: Context) => certificateOf(context)?.toString(),
      certificateAuthorized: (context: Context) => (context.req.socket as TLSSocket).authorized,
      certificateSubjectMatches: (context: Context, property: string, expected: string) =>
        property === 'tls_client_auth_subject_dn' && certificateOf(context)?.subject === expected,
    },
    deviceFlow: { enabled: more.deviceFlow === true },
  };
  const demand = demandingClients();
  return startAuthServer({
    ...more,
    clients: [...clients],
    configuration: { features, clientAuthMethods },
    https: {
      cert: tlsFixture('valid.pem'),
      key: tlsFixture('valid.key.pem'),
      ...demand,
      ca: [tlsFixture('clientAuthority.pem'), tlsFixture('stranger.pem')],
    },
  });
}

/** Registered by the name on its certificate (RFC 8705 §2.1). */
export const certifiedClient: Partial<ClientMetadata> = {
  token_endpoint_auth_method: 'tls_client_auth',
  tls_client_auth_subject_dn: 'CN=Latchkey test: client',
  tls_client_certificate_bound_access_tokens: true,
};

/** Registered by the certificate itself, which nobody else has signed (RFC 8705 §2.2). */
export function selfSignedClient(): Partial<ClientMetadata> {
  const { publicKey, raw } = new X509Certificate(tlsFixture('stranger.pem'));
  const key = publicKey.export({ format: 'jwk' });
  return {
    ...desktopClient,
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    tls_client_certificate_bound_access_tokens: true,
    jwks: { keys: [{ ...key, kty: 'EC', x5c: [raw.toString('base64')] }] },
  };
}

/** RFC 8705 §3.1. */
export function certificateThumbprint(name: string): string {
  return createHash('sha256')
    .update(new X509Certificate(tlsFixture(name)).raw)
    .digest('base64url');
}

/** Settings for an origin of files of the folder, trusting the servers of the tests. */
export function tlsSetting(origin: string, more: Partial<TlsSetting> = {}): TlsSetting {
  return { origin, ca: ['authority.pem'], verify: true, ...more };
}

/** The client certificate of a fixture. */
export function certifiedBy(name: 'client' | 'stranger'): Pick<TlsSetting, 'cert' | 'key'> {
  return { cert: { kind: 'file', path: `${name}.pem` }, key: { kind: 'file', path: `${name}.key.pem` } };
}

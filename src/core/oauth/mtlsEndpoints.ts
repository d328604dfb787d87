import type { AuthorizationServer } from 'oauth4webapi';
import { showsCertificateAt } from './clientCertificate';
import type { ConnectionConfig } from './model';

/**
 * The metadata as a client with a certificate uses it: endpoints that take one may have other addresses (RFC 8705 §5).
 * A client that authenticates otherwise uses those for which it has a certificate too, where tokens are bound to it.
 */
export function withMtlsEndpoints(metadata: AuthorizationServer, connection: ConnectionConfig): AuthorizationServer {
  const { mtls_endpoint_aliases: aliases, tls_client_certificate_bound_access_tokens: binds } = metadata;
  if (typeof aliases !== 'object') return metadata;
  const used = Object.entries(aliases).filter(
    ([name, url]) =>
      name.endsWith('_endpoint') &&
      typeof url === 'string' &&
      (connection.clientAuth === 'mtls' || (binds === true && showsCertificateAt(connection, url))),
  );
  return { ...metadata, ...(Object.fromEntries(used) as Partial<AuthorizationServer>) };
}

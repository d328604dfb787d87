import { LatchkeyError } from '../errors';
import { hasClientCertificate } from '../http/tlsSetting';
import type { ConnectionConfig } from './model';
import type { ServerMetadata } from './serverMetadata';

/** Whether a client certificate is shown at the origin of a URL. */
export function showsCertificateAt({ tls = [] }: Pick<ConnectionConfig, 'tls'>, url: string): boolean {
  const origin = URL.parse(url)?.origin;
  return tls.some((setting) => setting.origin === origin && hasClientCertificate(setting));
}

/**
 * A client that authenticates by its certificate (RFC 8705 §2) needs one for every endpoint that the sign-in goes by.
 * Where those are is known only now, when the server has been asked.
 * @throws LatchkeyError `oauth.certificateMissing`, naming the origin.
 */
export function requireCertificates(connection: ConnectionConfig, { metadata }: ServerMetadata): void {
  if (connection.clientAuth !== 'mtls') return;
  const endpoints = [
    metadata.token_endpoint,
    connection.grant === 'deviceCode' ? metadata.device_authorization_endpoint : undefined,
    connection.grant === 'authorizationCode' && connection.par !== false
      ? metadata.pushed_authorization_request_endpoint
      : undefined,
  ];
  const without = endpoints.find((url) => url !== undefined && !showsCertificateAt(connection, url));
  if (without === undefined) return;
  const { origin } = new URL(without);
  throw new LatchkeyError('oauth.certificateMissing', { connection: connection.name, origin });
}

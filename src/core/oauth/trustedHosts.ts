import type { ServerMetadata } from './serverMetadata';
import type { TrustedHost } from './signInPorts';

const purposes = [
  ['authorization', 'authorization_endpoint'],
  ['pushedAuthorization', 'pushed_authorization_request_endpoint'],
  ['deviceAuthorization', 'device_authorization_endpoint'],
  ['token', 'token_endpoint'],
  ['registration', 'registration_endpoint'],
  ['revocation', 'revocation_endpoint'],
  ['introspection', 'introspection_endpoint'],
  ['userinfo', 'userinfo_endpoint'],
  ['endSession', 'end_session_endpoint'],
] as const;

/**
 * The hosts that take part in a sign-in. `URL.host` is ASCII, so a look-alike name in another script is seen as the
 * `xn--` name that it is.
 */
export function trustedHosts(server: ServerMetadata): readonly TrustedHost[] {
  const issuer: readonly TrustedHost[] = server.issuerKnown
    ? [{ purpose: 'issuer', host: new URL(server.id).host }]
    : [];
  const endpoints = purposes.flatMap(([purpose, name]) => {
    const url = server.metadata[name];
    return typeof url === 'string' ? [{ purpose, host: new URL(url).host }] : [];
  });
  return [...issuer, ...endpoints];
}

/** Whether two lists name the same hosts for the same purposes. */
export function sameHosts(a: readonly TrustedHost[], b: readonly TrustedHost[]): boolean {
  return hostsText(a) === hostsText(b);
}

function hostsText(hosts: readonly TrustedHost[]): string {
  return hosts
    .map(({ purpose, host }) => `${purpose} ${host}`)
    .sort()
    .join('\n');
}

import type { TlsSetting } from '../http/tlsSetting';
import type { ConnectionConfig } from './model';
import type { TrustedHost } from './signInPorts';

/** The settings that a connection makes use of: for its own origins, and for the hosts that it signs in at. */
export function relevantTls(
  { tls = [], origins }: Pick<ConnectionConfig, 'tls' | 'origins'>,
  hosts: readonly TrustedHost[],
): readonly TlsSetting[] {
  const known = new Set(hosts.map(({ host }) => host));
  return tls.filter(({ origin }) => origins.includes(origin) || known.has(new URL(origin).host));
}

/** The connection with no other settings than those that it makes use of; this is what the user approves. */
export function withRelevantTls(connection: ConnectionConfig, hosts: readonly TrustedHost[]): ConnectionConfig {
  if (!connection.tls) return connection;
  const tls = relevantTls(connection, hosts);
  return { ...connection, tls: tls.length > 0 ? tls : undefined };
}

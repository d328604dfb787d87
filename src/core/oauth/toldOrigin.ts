import type { ConnectionConfig, Session } from './model';
import type { ToldOrigin } from './quirks/quirks';

/** Whether a server may name this origin: over https, at a host of the provider's own. */
export function mayBeTold(origin: string, { within }: ToldOrigin): boolean {
  const url = URL.parse(origin);
  return url?.protocol === 'https:' && url.port === '' && url.hostname.endsWith(`.${within}`);
}

/** The origin that a token response has named, if it is one that the server may name. */
export function toldOrigin(
  rule: ToldOrigin | undefined,
  captured: Readonly<Record<string, string>> | undefined,
): string | undefined {
  const told = rule && captured?.[rule.captured];
  const origin = told === undefined ? undefined : URL.parse(told)?.origin;
  return rule && origin !== undefined && mayBeTold(origin, rule) ? origin : undefined;
}

/**
 * The connection with the origin that the server has named to this session among its own, if the user has approved that
 * it names one.
 */
export function withToldOrigin(connection: ConnectionConfig, { apiOrigin }: Session): ConnectionConfig {
  const { origins, toldOrigin: rule } = connection;
  if (!rule || apiOrigin === undefined || origins.includes(apiOrigin) || !mayBeTold(apiOrigin, rule)) return connection;
  return { ...connection, origins: [...origins, apiOrigin] };
}

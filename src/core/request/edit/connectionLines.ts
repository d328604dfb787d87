import type { ConnectionConfig } from '../../oauth/model';
import { listText, literalText } from './yamlText';

/** A new connection as it is written: its keys in the order of the file, with their values as YAML. */
export type ConnectionLines = readonly (readonly [key: string, value: string])[];

/**
 * What of a connection goes into a file: no secret, which it could not hold, and no id of a client that was registered
 * for a sign-in: such a client is bound to one redirect URI and one machine, so each developer has their own.
 */
export function connectionLines(connection: ConnectionConfig): ConnectionLines {
  const { preset, issuer, endpoints, clientId, scopes, resource, origins, dpop } = connection;
  const text = (key: string, value: string | undefined): ConnectionLines =>
    value === undefined ? [] : [[key, literalText(value)]];
  const list = (key: string, values: readonly string[]): ConnectionLines =>
    values.length === 0 ? [] : [[key, listText(values)]];
  return [
    ...text('preset', preset),
    ...text('issuer', issuer),
    ...(issuer === undefined && preset === undefined
      ? [...text('authorizationUrl', endpoints.authorization), ...text('tokenUrl', endpoints.token)]
      : []),
    ...text('clientId', clientId),
    ...list('scopes', scopes),
    ...list('resource', resource),
    ...list('origins', origins),
    ...(dpop === true ? [['dpop', 'true'] as const] : []),
  ];
}

import type { ConnectionConfig } from '../../oauth/model';
import { listText, literalText } from './yamlText';

/** A new connection as it is written: its keys in the order of the file, with their values as YAML. */
export type ConnectionLines = readonly (readonly [key: string, value: string])[];

/**
 * What of a connection goes into a file: no secret but by its name, and no id of a client that was registered
 * for a sign-in: such a client is bound to one redirect URI and one machine, so each developer has their own.
 */
export function connectionLines(connection: ConnectionConfig): ConnectionLines {
  const { preset, grant, issuer, endpoints, clientId, clientSecretName: secret } = connection;
  const { scopes, resource, origins, dpop } = connection;
  const text = (key: string, value: string | undefined): ConnectionLines =>
    value === undefined ? [] : [[key, literalText(value)]];
  const list = (key: string, values: readonly string[]): ConnectionLines =>
    values.length === 0 ? [] : [[key, listText(values)]];
  return [
    ...text('preset', preset),
    ...(grant === 'authorizationCode' ? [] : text('grant', grant)),
    ...text('issuer', issuer),
    ...(issuer === undefined && preset === undefined
      ? [
          ...text('authorizationUrl', endpoints.authorization),
          ...text('tokenUrl', endpoints.token),
          ...text('deviceAuthorizationUrl', endpoints.deviceAuthorization),
        ]
      : []),
    ...text('clientId', clientId),
    ...(secret === undefined ? [] : [['clientSecret', `"\${secret:${secret}}"`] as const]),
    ...list('scopes', scopes),
    ...list('resource', resource),
    ...list('origins', origins),
    ...(dpop === true ? [['dpop', 'true'] as const] : []),
  ];
}

import type { ConnectionConfig } from './model';
import { quirksOf } from './presets/presets';
import { takesPkce } from './quirks/requestParameters';

type Client = Pick<ConnectionConfig, 'clientAuth' | 'clientSecret' | 'clientSecretName' | 'privateKey'>;

/** Whether the client of a connection proves itself, which changes what some servers make of PKCE. */
export function hasSecret({ clientAuth, clientSecret, clientSecretName, privateKey }: Client): boolean {
  if (clientAuth !== undefined) return clientAuth !== 'none';
  return clientSecret !== undefined || clientSecretName !== undefined || privateKey !== undefined;
}

/** Whether a sign-in with the connection is without PKCE, because its provider fails requests with it. */
export function isWithoutPkce(connection: Client & Pick<ConnectionConfig, 'grant' | 'preset'>): boolean {
  const { grant, preset } = connection;
  return grant === 'authorizationCode' && !takesPkce(quirksOf(preset).pkce, hasSecret(connection));
}

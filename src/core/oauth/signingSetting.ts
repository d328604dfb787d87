import type { ConnectionConfig, PrivateKeySetting } from './model';

/** The private key that the connection signs with; `undefined` when it signs nothing. */
export function signingSetting({ privateKey, clientAuth, grant }: ConnectionConfig): PrivateKeySetting | undefined {
  const signs = clientAuth === 'privateKeyJwt' || clientAuth === undefined || grant === 'jwtBearer';
  return signs ? privateKey : undefined;
}

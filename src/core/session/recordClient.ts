import { LatchkeyError } from '../errors';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { KeyMaterial } from './keyMaterial';
import type { SecretVault } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import { serverNowOf } from './unlockConnection';

/** What {@link withClientSecret} works with. */
export interface RecordClientPorts {
  readonly http: OAuthHttp;
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
}

/**
 * The session with what its client proves itself with, which no record keeps, looked up by name or file; asks nobody.
 * @throws LatchkeyError `oauth.secretNotStored`, `oauth.secretStoreFailed`, `oauth.key…`, `oauth.fileChanged`, `file.*`.
 */
export async function withClientSecret(ports: RecordClientPorts, record: SessionRecord): Promise<SessionRecord> {
  const { client, secretReference, connectionName } = record;
  const serverNow = serverNowOf(ports.http, record.server);
  if (client.registered) return { ...record, client: { ...client, serverNow } };
  const secret = secretReference && (await ports.vault.stored(secretReference));
  if (secretReference && !secret) {
    throw new LatchkeyError('oauth.secretNotStored', { name: secretReference.name, connection: connectionName });
  }
  const signingKey = await signingKeyOf(ports.material, record);
  const assertionAudience = record.assertion?.audience;
  return { ...record, client: { ...client, secret, signingKey, assertionAudience, serverNow } };
}

function signingKeyOf(
  material: KeyMaterial,
  { client, grant, privateKey, connectionName, folder, fileDigests: digests }: SessionRecord,
): ReturnType<KeyMaterial['signingKey']> | undefined {
  const signs = client.auth === 'privateKeyJwt' || grant === 'jwtBearer';
  if (!signs || !privateKey || folder === undefined) return undefined;
  return material.signingKey(privateKey, { connectionName, folder, digests });
}

import { LatchkeyError } from '../errors';
import type { SessionRecord } from './sessionRecord';
import type { SecretVault } from './secretVault';

/**
 * The session with its client's secret, which no record keeps, looked up by name; asks nobody.
 * @throws LatchkeyError `oauth.secretNotStored` or `oauth.secretStoreFailed`.
 */
export async function withClientSecret(vault: SecretVault, record: SessionRecord): Promise<SessionRecord> {
  const { client, secretReference, connectionName } = record;
  if (!secretReference || client.registered) return record;
  const secret = await vault.stored(secretReference);
  if (!secret) {
    throw new LatchkeyError('oauth.secretNotStored', { name: secretReference.name, connection: connectionName });
  }
  return { ...record, client: { ...client, secret } };
}

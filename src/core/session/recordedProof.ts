import { signingAlgorithm } from '../oauth/keys/signingKey';
import type { ConnectionConfig, PrivateKeySetting } from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import { secretReference } from './secretVault';
import type { SessionRecord } from './sessionRecord';

/** What a session keeps of how its client proves itself and connects: where things are found again, nothing of them. */
export function recordedProof(
  connection: ConnectionConfig,
  client: OAuthClient,
  folder: string,
): Pick<SessionRecord, 'folder' | 'fileDigests' | 'secretReference' | 'privateKey' | 'assertion' | 'tls'> {
  const { tls, fileDigests } = connection;
  if (client.registered) return tls ? { folder, fileDigests, tls } : {};
  return {
    ...{ folder, fileDigests, tls },
    secretReference: secretReference(connection, folder),
    privateKey: recordedKey(connection, client),
    assertion: connection.assertion,
  };
}

/** The algorithm is chosen once, by what the server said when it signed the client in. */
function recordedKey(
  { privateKey }: ConnectionConfig,
  { signingKey, assertionAlgorithms }: OAuthClient,
): PrivateKeySetting | undefined {
  if (!privateKey || !signingKey) return privateKey;
  return { ...privateKey, algorithm: signingAlgorithm(signingKey, assertionAlgorithms) };
}

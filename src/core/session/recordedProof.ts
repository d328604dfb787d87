import { signingAlgorithm } from '../oauth/keys/signingKey';
import type { ConnectionConfig, PrivateKeySetting } from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import { secretReference } from './secretVault';
import type { SessionRecord } from './sessionRecord';

/** What a session keeps of how its client proves itself: where things are found again, and nothing of them. */
export function recordedProof(
  connection: ConnectionConfig,
  client: OAuthClient,
  folder: string,
): Pick<SessionRecord, 'folder' | 'fileDigests' | 'secretReference' | 'privateKey' | 'assertion'> {
  if (client.registered) return {};
  return {
    folder,
    fileDigests: connection.fileDigests,
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

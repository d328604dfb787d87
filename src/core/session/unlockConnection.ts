import { LatchkeyError } from '../errors';
import { tlsFiles } from '../http/tlsSetting';
import { readSigningKey } from '../oauth/keys/signingKey';
import type { ConnectionConfig, KeySource, PrivateKeySetting } from '../oauth/model';
import { signingSetting } from '../oauth/signingSetting';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { ServerMetadata } from '../oauth/serverMetadata';
import { sourceName, type KeyMaterial } from './keyMaterial';
import { secretReference, type SecretVault } from './secretVault';

/** What {@link unlockConnection} works with. */
export interface UnlockPorts {
  readonly http: OAuthHttp;
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
}

/**
 * The connection as it is now, with the digests of the files that it names: what the user approves.
 * @throws LatchkeyError `file.*`.
 */
export async function withFileDigests(
  material: KeyMaterial,
  connection: ConnectionConfig,
  folder: string,
): Promise<ConnectionConfig> {
  const paths = filesOf(connection);
  const tlsPaths = (connection.tls ?? []).flatMap(tlsFiles).filter((path) => !paths.includes(path));
  if (paths.length + tlsPaths.length === 0) return connection;
  const needed = await material.digests(folder, paths);
  return { ...connection, fileDigests: { ...needed, ...(await material.knownDigests(folder, tlsPaths)) } };
}

/**
 * The connection with what its client proves itself with. What is kept by name and not stored yet, or was refused, is
 * asked for and then stored. A connection that needs nothing stays as it is.
 * @throws AbortError when the user enters none; LatchkeyError `oauth.secretStoreFailed`, `oauth.key…`, `file.*`.
 */
export async function unlockConnection(
  { http, vault, material }: UnlockPorts,
  connection: ConnectionConfig,
  server: ServerMetadata,
  folder: string,
  signal: AbortSignal,
): Promise<ConnectionConfig> {
  const { label: connectionLabel } = connection;
  const reference = secretReference(connection, folder);
  const clientSecret = reference
    ? await vault.obtain({ ...reference, connectionLabel, kind: 'clientSecret' }, signal)
    : connection.clientSecret;
  const setting = signingSetting(connection);
  if (setting?.source.kind === 'secret') {
    const { name } = setting.source;
    const check = checkOf(setting);
    await vault.obtain({ folder, name, connectionLabel, kind: 'privateKey', check }, signal);
  }
  for (const { source } of [connection.exchange?.subject, connection.exchange?.actor].filter(isPresent)) {
    if (source.kind === 'secret')
      await vault.obtain({ folder, name: source.name, connectionLabel, kind: 'token' }, signal);
  }
  const owner = { connectionName: connection.name, folder, digests: connection.fileDigests };
  const signingKey = setting && (await material.signingKey(setting, owner));
  const serverNow = serverNowOf(http, server);
  return { ...connection, clientSecret, signingKey, serverNow };
}

/** The server's clock, as far as it is known at the time. */
export function serverNowOf({ clock, serverClocks }: OAuthHttp, { id, metadata }: ServerMetadata): () => number {
  return () => serverClocks?.now(metadata.token_endpoint, id) ?? clock.now();
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function filesOf(connection: ConnectionConfig): readonly string[] {
  const sources: readonly (KeySource | undefined)[] = [signingSetting(connection)?.source];
  return [...new Set(sources.flatMap((source) => (source?.kind === 'file' ? [source.path] : [])))];
}

/** Says what is wrong with an entered key before it is stored. */
function checkOf(
  setting: PrivateKeySetting,
): (entered: Parameters<typeof readSigningKey>[0]) => Promise<LatchkeyError | undefined> {
  return async (entered) => {
    try {
      await readSigningKey(entered, sourceName(setting.source), setting);
      return undefined;
    } catch (error) {
      if (error instanceof LatchkeyError) return error;
      throw error;
    }
  };
}

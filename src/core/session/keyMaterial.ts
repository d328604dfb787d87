import { LatchkeyError } from '../errors';
import { base64Url } from '../oauth/digest';
import { readSigningKey, type SigningKey } from '../oauth/keys/signingKey';
import type { FileDigests, KeySource, PrivateKeySetting } from '../oauth/model';
import type { Files } from '../ports';
import { Secret } from '../secret';
import type { SecretVault } from './secretVault';

/** Whose material is read, and for which folder. */
export interface MaterialOwner {
  readonly connectionName: string;
  /** URI of the workspace folder. */
  readonly folder: string;
  /** What the user approved; a file that is not the same any more is not used. Absent: nothing was approved yet. */
  readonly digests?: FileDigests | undefined;
}

/** Reads keys and certificates, from the vault or from files of the workspace. Asks nobody. */
export class KeyMaterial {
  readonly #vault: SecretVault;
  readonly #files: Files;

  constructor(vault: SecretVault, files: Files) {
    this.#vault = vault;
    this.#files = files;
  }

  /**
   * The text of a secret or a file.
   * @throws LatchkeyError `oauth.secretNotStored`, `oauth.fileChanged`, `file.*`.
   */
  async text(source: KeySource, owner: MaterialOwner): Promise<Secret> {
    if (source.kind === 'file') return new Secret(new TextDecoder().decode(await this.bytes(source.path, owner)));
    const secret = await this.#vault.stored({ folder: owner.folder, name: source.name });
    if (secret) return secret;
    throw new LatchkeyError('oauth.secretNotStored', { name: source.name, connection: owner.connectionName });
  }

  /**
   * The bytes of a file.
   * @throws LatchkeyError `oauth.fileChanged`, `file.*`.
   */
  async bytes(path: string, { folder, digests, connectionName }: MaterialOwner): Promise<Uint8Array> {
    const bytes = await this.#files.read(folder, path);
    if (digests && digests[path] !== (await digestOf(bytes))) {
      throw new LatchkeyError('oauth.fileChanged', { file: path, connection: connectionName });
    }
    return bytes;
  }

  /**
   * The key that signs assertions.
   * @throws LatchkeyError `oauth.key…` and those of {@link text}.
   */
  async signingKey(setting: PrivateKeySetting, owner: MaterialOwner): Promise<SigningKey> {
    return readSigningKey(await this.text(setting.source, owner), sourceName(setting.source), setting);
  }

  /**
   * The digests of files as they are now.
   * @throws LatchkeyError `file.*`.
   */
  async digests(folder: string, paths: readonly string[]): Promise<FileDigests> {
    const entries = paths.map(async (path) => [path, await digestOf(await this.#files.read(folder, path))] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** The same, without the files that cannot be read now. One that can be read later was not approved. */
  async knownDigests(folder: string, paths: readonly string[]): Promise<FileDigests> {
    const found = paths.map((path) => this.digests(folder, [path]).catch(() => ({})));
    return Object.assign({}, ...(await Promise.all(found))) as FileDigests;
  }
}

/** What people call the place of a key. */
export function sourceName(source: KeySource): string {
  return source.kind === 'file' ? source.path : `“${source.name}”`;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))));
}

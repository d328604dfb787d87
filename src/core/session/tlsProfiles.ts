import { abortError, isErrorCode, LatchkeyError } from '../errors';
import type { TlsMaterial, TlsProfile } from '../http/tlsProfile';
import type { TlsSetting } from '../http/tlsSetting';
import { TlsTransport, type TlsSource } from '../http/tlsTransport';
import { sha256 } from '../oauth/digest';
import type { KeySource } from '../oauth/model';
import type { UnverifiedOrigins } from '../oauth/signInPorts';
import type { HttpTransport } from '../ports';
import { Secret } from '../secret';
import { sourceName, type KeyMaterial } from './keyMaterial';
import type { SecretVault } from './secretVault';
import type { TlsScope } from './tlsScope';

/** What {@link TlsProfiles} works with. */
export interface TlsProfilesPorts {
  readonly material: KeyMaterial;
  readonly vault: SecretVault;
  readonly unverified: UnverifiedOrigins;
}

/** Reads what secure connections are made with, anew for each request: a file may have been replaced. */
export class TlsProfiles {
  readonly #ports: TlsProfilesPorts;

  constructor(ports: TlsProfilesPorts) {
    this.#ports = ports;
  }

  /**
   * Asks for what connections to these origins need and what is not there yet: secrets, and the permission to connect
   * without looking at a certificate.
   * @throws AbortError when the user gives none; LatchkeyError `oauth.secretStoreFailed`.
   */
  async prepare({ settings, folder }: TlsScope, origins: Iterable<string>, signal: AbortSignal): Promise<void> {
    const { vault, unverified } = this.#ports;
    const wanted = new Set(origins);
    for (const { origin, cert, key, pfx, passphrase, verify } of settings) {
      if (!wanted.has(origin)) continue;
      if (!verify && !unverified.isAllowed(folder, origin) && !(await unverified.ask(folder, origin, signal)))
        throw abortError();
      const question = { folder, connectionLabel: new URL(origin).host };
      for (const source of [cert, key, pfx]) {
        if (source?.kind === 'secret')
          await vault.obtain({ ...question, name: source.name, kind: 'certificate' }, signal);
      }
      if (passphrase !== undefined) await vault.obtain({ ...question, name: passphrase, kind: 'passphrase' }, signal);
    }
  }

  /** The transport with these settings, or itself where there are none. */
  transport(inner: HttpTransport, scope: TlsScope): HttpTransport {
    return scope.settings.length === 0 ? inner : new TlsTransport(inner, this.#source(scope));
  }

  #source(scope: TlsScope): TlsSource {
    const settingOf = (origin: string): TlsSetting | undefined => scope.settings.find((each) => each.origin === origin);
    return {
      profileOf: async (origin) => {
        const setting = settingOf(origin);
        return setting && this.#read(setting, scope);
      },
      noteFailure: async (origin, error) => {
        const setting = settingOf(origin);
        if (setting) await this.#noteFailure(setting, scope, error);
      },
    };
  }

  /** @throws LatchkeyError `http.tlsSecretMissing`, `http.tlsUncheckedNotAllowed`, `oauth.fileChanged`, `file.*`. */
  async #read(setting: TlsSetting, scope: TlsScope): Promise<TlsProfile> {
    const { origin, verify } = setting;
    if (!verify && !this.#ports.unverified.isAllowed(scope.folder, origin)) {
      throw new LatchkeyError('http.tlsUncheckedNotAllowed', { origin });
    }
    const { material } = this.#ports;
    const owner = ownerOf(setting, scope);
    const ca = setting.ca.map(async (path) => ({ name: path, content: await material.bytes(path, owner) }));
    const optional = async (source: KeySource | undefined): Promise<TlsMaterial<Secret> | undefined> =>
      source && { name: sourceName(source), content: await this.#content(source, setting, scope) };
    const passphrase: KeySource | undefined =
      setting.passphrase === undefined ? undefined : { kind: 'secret', name: setting.passphrase };
    const profile = {
      ca: await Promise.all(ca),
      cert: await optional(setting.cert),
      key: await optional(setting.key),
      pfx: await optional(setting.pfx),
      passphrase: passphrase && {
        name: sourceName(passphrase),
        content: await this.#stored(passphrase.name, setting, scope),
      },
      verify,
    };
    return { ...profile, id: await idOf(profile) };
  }

  /** As base64. */
  async #content(source: KeySource, setting: TlsSetting, scope: TlsScope): Promise<Secret> {
    if (source.kind === 'file') {
      return new Secret(base64(await this.#ports.material.bytes(source.path, ownerOf(setting, scope))));
    }
    const text = (await this.#stored(source.name, setting, scope)).revealForTransport();
    // What is not text, such as a PFX, is entered as base64.
    const isPem = text.includes('-----BEGIN');
    return new Secret(isPem ? base64(new TextEncoder().encode(text)) : text.replaceAll(/\s/g, ''));
  }

  async #stored(name: string, { origin }: TlsSetting, { folder }: TlsScope): Promise<Secret> {
    const secret = await this.#ports.vault.stored({ folder, name });
    if (!secret) throw new LatchkeyError('http.tlsSecretMissing', { name, origin });
    return secret;
  }

  /** A secret that does not do what it is for is asked for again the next time. */
  async #noteFailure(setting: TlsSetting, { folder }: TlsScope, error: unknown): Promise<void> {
    const source = faultySource(setting, error);
    if (source?.kind === 'secret') await this.#ports.vault.reject({ folder, name: source.name });
  }
}

function faultySource({ cert, key, pfx, passphrase }: TlsSetting, error: unknown): KeySource | undefined {
  if (isErrorCode(error, 'http.tlsPassphraseWrong'))
    return passphrase === undefined ? undefined : { kind: 'secret', name: passphrase };
  if (isErrorCode(error, 'http.tlsCertificateUnreadable')) return cert;
  if (isErrorCode(error, 'http.tlsKeyUnreadable') || isErrorCode(error, 'http.tlsKeyMissing')) return key ?? pfx;
  return isErrorCode(error, 'http.tlsPfxUnreadable') ? pfx : undefined;
}

function ownerOf(
  { origin }: TlsSetting,
  { folder, connectionName = '', approved }: TlsScope,
): Parameters<KeyMaterial['bytes']>[1] {
  const digests = approved?.origins.has(origin) === true ? approved.digests : undefined;
  return { folder, connectionName, digests };
}

function idOf({ ca, cert, key, pfx, passphrase, verify }: Omit<TlsProfile, 'id'>): Promise<string> {
  const secrets = [cert, key, pfx, passphrase].map((material) => material?.content.revealForTransport() ?? null);
  return sha256(JSON.stringify([ca.map(({ content }) => base64(content)), secrets, verify]));
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { LatchkeyError, type ErrorCode } from '../../core/errors';
import type { TlsMaterial, TlsProfile } from '../../core/http/tlsProfile';
import type { Secret } from '../../core/secret';
import { rootCertificates, type Roots } from './trustedRoots';

/** Contexts that are kept: making one takes some 20 ms, because of the many roots. */
const mostKept = 50;

/** Makes what connections are secured with, and says what is wrong with certificates and keys. */
export class TlsContexts {
  readonly #kept = new Map<string, SecureContext>();

  /**
   * @returns `undefined` for what Node does by itself.
   * @throws LatchkeyError `http.tlsCaUnreadable`, `http.tlsCertificateUnreadable`, `http.tlsKeyUnreadable`,
   * `http.tlsKeyMissing`, `http.tlsKeyMismatch`, `http.tlsPassphraseMissing`, `http.tlsPassphraseWrong`,
   * `http.tlsPfxUnreadable`, `http.tlsPfxUnsupported`.
   */
  of(profile: TlsProfile | undefined, roots: Roots): SecureContext | undefined {
    if (!profile && roots === 'usual') return undefined;
    const key = `${roots} ${profile?.id ?? ''}`;
    const context = this.#kept.get(key) ?? contextOf(profile, roots);
    this.#kept.delete(key);
    this.#kept.set(key, context);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return context;
  }
}

function contextOf(profile: TlsProfile | undefined, roots: Roots): SecureContext {
  const own = (profile?.ca ?? []).flatMap(authorities);
  // Given none, Node uses its own roots, and does so faster.
  const ca = own.length === 0 && roots === 'usual' ? {} : { ca: [...rootCertificates(roots), ...own] };
  if (profile?.pfx) return pfxContext(profile.pfx, profile, ca);
  if (!profile?.cert) return createSecureContext(ca);
  const cert = bytesOf(profile.cert);
  const [leaf] = certificatesIn(cert) ?? [];
  if (!leaf) throw new LatchkeyError('http.tlsCertificateUnreadable', { file: profile.cert.name });
  const key = privateKeyOf(profile.key ?? profile.cert, profile.passphrase);
  if (!leaf.checkPrivateKey(key)) {
    throw new LatchkeyError('http.tlsKeyMismatch', {
      key: (profile.key ?? profile.cert).name,
      file: profile.cert.name,
    });
  }
  const pem = key.export({ format: 'pem', type: 'pkcs8' });
  return createSecureContext({ ...ca, cert: (certificatesIn(cert) ?? []).map(String).join(''), key: pem });
}

function authorities({ name, content }: TlsMaterial<Uint8Array>): readonly string[] {
  const found = certificatesIn(Buffer.from(content));
  if (!found || found.length === 0) throw new LatchkeyError('http.tlsCaUnreadable', { file: name });
  return found.map(String);
}

/** Every certificate of a PEM file, or the one of a DER file; `undefined` when one of them is none. */
function certificatesIn(bytes: Buffer): readonly X509Certificate[] | undefined {
  const blocks = bytes
    .toString('latin1')
    .match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g);
  try {
    return (blocks ?? [bytes]).map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

function privateKeyOf(material: TlsMaterial<Secret>, passphrase: TlsMaterial<Secret> | undefined): KeyObject {
  const { name } = material;
  const bytes = bytesOf(material);
  const text = bytes.toString('latin1');
  const isPem = text.includes('-----BEGIN');
  if (isPem && !text.includes('PRIVATE KEY-----')) throw new LatchkeyError('http.tlsKeyMissing', { file: name });
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);
  if (isEncrypted && !passphrase) throw new LatchkeyError('http.tlsPassphraseMissing', { file: name });
  const opened = isEncrypted && passphrase ? { passphrase: passphrase.content.revealForTransport() } : {};
  try {
    if (isPem) return createPrivateKey({ key: bytes, format: 'pem', ...opened });
    return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  } catch (error) {
    const isWrong = isEncrypted && passphrase && !/unsupported/i.test(wordsOf(error));
    if (isWrong) throw new LatchkeyError('http.tlsPassphraseWrong', { file: name, passphrase: passphrase.name });
    throw new LatchkeyError('http.tlsKeyUnreadable', { file: name });
  }
}

function pfxContext(
  pfx: TlsMaterial<Secret>,
  { passphrase }: TlsProfile,
  ca: Pick<SecureContextOptions, 'ca'>,
): SecureContext {
  const opened = passphrase ? { passphrase: passphrase.content.revealForTransport() } : {};
  try {
    // Node trusts the authorities that are in the file, too.
    return createSecureContext({ ...ca, pfx: bytesOf(pfx), ...opened });
  } catch (error) {
    throw new LatchkeyError(pfxCode(wordsOf(error), passphrase), {
      file: pfx.name,
      passphrase: passphrase?.name ?? '',
    });
  }
}

function pfxCode(words: string, passphrase: TlsMaterial<Secret> | undefined): ErrorCode {
  if (/mac verify|incorrect.password|bad.decrypt/i.test(words))
    return passphrase ? 'http.tlsPassphraseWrong' : 'http.tlsPassphraseMissing';
  if (/unsupported/i.test(words)) return 'http.tlsPfxUnsupported';
  return /private key/i.test(words) ? 'http.tlsKeyMissing' : 'http.tlsPfxUnreadable';
}

/** What the library says; never shown, because it may quote what it has read. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${String((error as { code?: unknown }).code)}` : '';
}

function bytesOf({ content }: TlsMaterial<Secret>): Buffer {
  return Buffer.from(content.revealForTransport(), 'base64');
}

import type { KeySource } from '../oauth/model';

/** One entry of `tls:`: how secure connections to one origin are made. */
export interface TlsSetting {
  /** Serialised, https: `https://api.acme.dev`. */
  readonly origin: string;
  /** Files with the certificates of authorities that are trusted beside the usual ones. */
  readonly ca: readonly string[];
  /** The client certificate, with its chain. */
  readonly cert?: KeySource | undefined;
  /** Absent: in the same place as the certificate. */
  readonly key?: KeySource | undefined;
  /** Certificate, chain and key in one (PKCS #12). */
  readonly pfx?: KeySource | undefined;
  /** Name of the secret that opens the key or the PFX. */
  readonly passphrase?: string | undefined;
  /** `false`: the certificate of the server is not checked. */
  readonly verify: boolean;
}

/** Whether the client shows a certificate there. */
export function hasClientCertificate({ cert, pfx }: TlsSetting): boolean {
  return cert !== undefined || pfx !== undefined;
}

/** The files that a setting names, by their paths in the workspace folder. */
export function tlsFiles({ ca, cert, key, pfx }: TlsSetting): readonly string[] {
  return [...ca, ...[cert, key, pfx].flatMap((source) => (source?.kind === 'file' ? [source.path] : []))];
}

/** The origin that a key of `tls:` names, serialised; `undefined` when it names none that connections are secured to. */
export function tlsOrigin(key: string): string | undefined {
  if (!/^https:\/\/[^/\\?#@*${}\s]+\/?$/i.test(key)) return undefined;
  return URL.parse(key)?.origin;
}

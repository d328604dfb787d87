import type { Secret } from '../secret';

/** A file or a secret that a secure connection is made with. */
export interface TlsMaterial<Content> {
  /** What people call the place it comes from. */
  readonly name: string;
  readonly content: Content;
}

/** What a secure connection to one origin is made with, as it was read: not looked into yet. */
export interface TlsProfile {
  /** Two profiles with the same id are the same in all that matters, so connections may be shared. It is no secret. */
  readonly id: string;
  /** Trusted beside the usual authorities: PEM or DER. */
  readonly ca: readonly TlsMaterial<Uint8Array>[];
  /** PEM or DER as base64. A PEM file may hold the key as well. */
  readonly cert?: TlsMaterial<Secret> | undefined;
  /** As base64. */
  readonly key?: TlsMaterial<Secret> | undefined;
  /** PKCS #12 as base64. */
  readonly pfx?: TlsMaterial<Secret> | undefined;
  readonly passphrase?: TlsMaterial<Secret> | undefined;
  /** `false`: whatever certificate the server shows will do. */
  readonly verify: boolean;
}

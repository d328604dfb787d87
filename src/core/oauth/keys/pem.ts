/** One block of a PEM text (RFC 7468). */
export interface PemBlock {
  /** What stands after `BEGIN`, such as `PRIVATE KEY`. */
  readonly label: string;
  /** `undefined` when it is encrypted in the old way or not base64. */
  readonly bytes: Uint8Array | undefined;
  /** Encrypted in the old way: a header names the cipher (RFC 1421 §4.6). */
  readonly encrypted: boolean;
}

/**
 * The blocks of a PEM text, in order. Line breaks may be gone, as after pasting into a box of one line, or be written
 * as `\n`, as in JSON and environment variables.
 */
export function readPem(text: string): readonly PemBlock[] {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g);
  return Array.from(blocks, ([, label = '', content = '']) => {
    const encrypted = /Proc-Type\s*:\s*4\s*,\s*ENCRYPTED/.test(content);
    return { label, encrypted, bytes: encrypted ? undefined : bytesOfBase64(content) };
  });
}

/** Bytes of base64 with white space in it; `undefined` when it is not base64. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const compact = text.replaceAll(/\s|\\[rn]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  try {
    return Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

import { redact, Secret, type Sensitive } from '../../secret';

const SHARED = ['method', 'url', 'host', 'target', 'path', 'query', 'timestamp', 'nonce', 'bodyHash'] as const;

/** What a message that is signed can hold, by its name between the braces. */
export const MESSAGE_NAMES = [...SHARED, 'body'] as const;

/** What can stand beside a signature. */
export const VALUE_NAMES = [...SHARED, 'signature'] as const;

export type SigningName = (typeof MESSAGE_NAMES | typeof VALUE_NAMES)[number];

/** A value that is known when a hop is signed. */
export interface SigningValue {
  readonly name: SigningName;
  /** Bytes as base64 instead of hex, a text as the base64 of its UTF-8 bytes. */
  readonly isBase64: boolean;
}

/** Text with values in it that are put in for each hop. */
export type SigningText = readonly (Sensitive | SigningValue)[];

/** In one line, with the names of what is put in for each hop, and secrets masked. */
export function shownSigningText(text: SigningText): string {
  const parts = text.map((part) => {
    if (typeof part === 'string' || part instanceof Secret) return redact(part);
    return `{${part.name}${part.isBase64 ? ':base64' : ''}}`;
  });
  return parts.join('').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

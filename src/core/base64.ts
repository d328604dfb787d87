/** Base64 with padding (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Base64 of the UTF-8 bytes of a text. */
export function base64Text(text: string): string {
  return base64(new TextEncoder().encode(text));
}

/** The bytes of base64 or base64url, with padding or without, spaces and line ends left out; `undefined`: it is neither. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const digits = text
    .replace(/\s+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}

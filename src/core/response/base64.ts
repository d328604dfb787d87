/** A call can have only so many arguments. */
const SLICE = 0x8000;

/** Bytes in base64 (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += SLICE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  }
  return btoa(binary);
}

/** Where a byte is next; the length of the bytes where it is not. */
export function nextByte(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? bytes.length : at;
}

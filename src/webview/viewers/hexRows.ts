/** Bytes of one row, for a list of so many columns: as many as fit. */
export function bytesPerRow(columns: number): number {
  return [32, 16, 8].find((count) => columnsOf(count) <= columns) ?? 4;
}

/** Offset, bytes with a gap after every eighth, and their characters. */
function columnsOf(count: number): number {
  return 8 + 2 + count * 3 + Math.max(0, count / 8 - 1) + 1 + count;
}

/** `0000a0f0`; eight digits reach 4 GB. */
export function offsetText(offset: number): string {
  return offset.toString(16).padStart(8, '0');
}

/** `89 50 4e 47`, with a wider gap after every eighth byte, as wide as a full row. */
export function hexText(bytes: Uint8Array, count: number): string {
  let text = '';
  for (let at = 0; at < count; at++) {
    if (at > 0) text += at % 8 === 0 ? '  ' : ' ';
    text += at < bytes.length ? (bytes[at] ?? 0).toString(16).padStart(2, '0') : '  ';
  }
  return text;
}

/** Printable ASCII as it is, a dot for everything else. */
export function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
}

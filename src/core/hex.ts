const DIGITS = new TextEncoder().encode('0123456789abcdef');

/**
 * Bytes as two hexadecimal digits each.
 * @param between ASCII
 */
export function hexText(bytes: Uint8Array, between = ''): string {
  const gap = new TextEncoder().encode(between);
  const width = 2 + gap.length;
  // Not by a text for each byte: there may be millions of them.
  const text = new Uint8Array(bytes.length * width);
  for (let index = 0, at = 0; index < bytes.length; index++, at += width) {
    const byte = bytes[index] ?? 0;
    text[at] = DIGITS[byte >> 4] ?? 0;
    text[at + 1] = DIGITS[byte & 15] ?? 0;
    if (gap.length > 0) text.set(gap, at + 2);
  }
  return new TextDecoder().decode(text.subarray(0, Math.max(0, text.length - gap.length)));
}

import type { Random } from '../../ports';

/** A random UUID (RFC 9562, version 4). */
export function uuid(random: Random): string {
  const bytes = random.bytes(16);
  const hex = Array.from(bytes, (byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A whole number from `min` to `max`, both included, each as likely as the others. Ends are below 10^15. */
export function randomInteger(min: number, max: number, random: Random): number {
  const count = max - min + 1;
  const limit = SPAN - (SPAN % count);
  // A source that never falls below the limit is no random source; it must not hang the editor.
  for (let attempt = 0; attempt < 100; attempt++) {
    const drawn = draw(random);
    if (drawn < limit) return min + (drawn % count);
  }
  return min;
}

/** 52 bits, which a number holds exactly and which is more than the widest range. */
const SPAN = 2 ** 52;

function draw(random: Random): number {
  const bytes = random.bytes(7);
  return bytes.reduce((sum, byte, index) => sum * (index === 0 ? 1 : 256) + (index === 0 ? byte & 0x0f : byte), 0);
}

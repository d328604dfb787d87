/** One element of DER (X.690): its tag and the bytes inside. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const derTags = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  first: 0xa0,
} as const;

/** More length bytes than any key needs. */
const longestLength = 4;

/** The elements that follow each other in `bytes`; `undefined` when they are not DER from the first byte to the last. */
export function readDer(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const head = readHead(bytes, offset);
    if (!head || head.end > bytes.length) return undefined;
    elements.push({ tag: head.tag, content: bytes.subarray(head.start, head.end) });
    offset = head.end;
  }
  return elements;
}

/** What is inside the one element that `bytes` are, when it has the tag and is made of elements. */
export function readDerIn(tag: number, bytes: Uint8Array | undefined): readonly DerElement[] | undefined {
  const [only, ...rest] = (bytes && readDer(bytes)) ?? [];
  return only?.tag === tag && rest.length === 0 ? readDer(only.content) : undefined;
}

/** An element made of parts. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joined(parts);
  return joined([Uint8Array.of(tag, ...lengthBytes(content.length)), content]);
}

/** The content of an object identifier, as people write it: `1.2.840.113549.1.1.1`. */
export function oidText(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...others].join('.');
}

function readHead(
  bytes: Uint8Array,
  offset: number,
): { readonly tag: number; readonly start: number; readonly end: number } | undefined {
  const tag = bytes[offset];
  const short = bytes[offset + 1];
  if (tag === undefined || short === undefined) return undefined;
  if (short < 0x80) return { tag, start: offset + 2, end: offset + 2 + short };
  const count = short & 0x7f;
  const start = offset + 2 + count;
  if (count === 0 || count > longestLength || start > bytes.length) return undefined;
  const length = bytes.subarray(offset + 2, start).reduce((value, byte) => value * 256 + byte, 0);
  return { tag, start, end: start + length };
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

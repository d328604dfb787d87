/** What stands in for each byte of a secret: as many as there were, so that every place in the body stays where it is. */
const STAND_IN = 42;

/** How the text of a body can be written. */
export type Encoding = 'utf-8' | 'utf-16' | 'latin1';

/** Finds the forms of secrets in bytes and covers them. */
export class ByteMask {
  /** The forms as they look in bytes read one character each, longest first. */
  readonly #forms: readonly string[];
  /** How far a form can reach beyond a range that it begins or ends in. */
  readonly margin: number;

  /** @param forms as text; they are looked for in these encodings. */
  constructor(forms: readonly string[], encodings: readonly Encoding[] = ['utf-8']) {
    const written = forms.flatMap((form) => encodings.flatMap((encoding) => encoded(form, encoding)));
    this.#forms = [...new Set(written.map(oneByOne))].filter((form) => form !== '').sort((a, b) => b.length - a.length);
    this.margin = Math.max(0, (this.#forms[0]?.length ?? 0) - 1);
  }

  /** The bytes themselves when nothing in them is secret, else a covered copy. */
  cover(bytes: Uint8Array): Uint8Array {
    if (this.#forms.length === 0) return bytes;
    const text = oneByOne(bytes);
    let covered: Uint8Array | undefined;
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        covered ??= bytes.slice();
        covered.fill(STAND_IN, at, at + form.length);
      }
    }
    return covered ?? bytes;
  }
}

/** This decoder gives one character for every byte, and the same for the same; which one does not matter. */
const decoder = new TextDecoder('latin1');

/** Bytes as text in which each is one character: an ASCII character is itself. */
export function oneByOne(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function encoded(text: string, encoding: Encoding): readonly Uint8Array[] {
  if (encoding === 'utf-8') return [new TextEncoder().encode(text)];
  const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  if (encoding === 'latin1') return codes.every((code) => code < 256) ? [Uint8Array.from(codes)] : [];
  const little = codes.flatMap((code) => [code & 0xff, code >> 8]);
  const big = codes.flatMap((code) => [code >> 8, code & 0xff]);
  return [Uint8Array.from(little), Uint8Array.from(big)];
}

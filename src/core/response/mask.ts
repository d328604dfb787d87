import { MASK, type Secret } from '../secret';

/** Replaces every trace of some secrets in text that came from elsewhere, such as a server that echoes requests. */
export type SecretMasker = (text: string) => string;

/** Shorter values would blot out innocent text; nothing that short protects anything. */
const SHORTEST = 4;
/** In base64 the same bytes look different at each of three offsets; below this length too little of them is fixed. */
const SHORTEST_IN_BASE64 = 8;

/**
 * Makes a masker that finds the secrets as they are, JSON-escaped, URL-encoded, and in base64 or base64url at any
 * alignment (as inside `Basic` credentials).
 */
export function secretMasker(secrets: readonly Secret[]): SecretMasker {
  const forms = secretForms(secrets);
  return (text) => {
    let masked = text;
    for (const form of forms) {
      if (masked.includes(form)) masked = masked.replaceAll(form, MASK);
    }
    return masked;
  };
}

/** Every form to look for, longest first, so that no form leaves the rest of a longer one behind. */
function secretForms(secrets: readonly Secret[]): readonly string[] {
  const atoms = new Set(secrets.flatMap((secret) => secret.revealAtomsForMasking()));
  const long = [...atoms].filter((atom) => atom.length >= SHORTEST);
  const forms = new Set(long.flatMap((atom) => [...plainForms(atom), ...base64Forms(atom)]));
  return [...forms].sort((a, b) => b.length - a.length);
}

function plainForms(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const encoded = encodeURIComponent(wellFormed(value));
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  return [value, json, withEscapedSlashes(json), encoded, encoded.replace(/%../g, lowerCase), form];
}

function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  return [0, 1, 2].flatMap((shift) => {
    const standard = stableBase64(bytes, shift);
    if (standard.length < SHORTEST_IN_BASE64) return [];
    const url = standard.replaceAll('+', '-').replaceAll('/', '_');
    return [standard, withEscapedSlashes(standard), encodeURIComponent(standard), url];
  });
}

/** The base64 digits that depend on nothing but `bytes` when `shift` other bytes come before and any come after. */
function stableBase64(bytes: Uint8Array, shift: number): string {
  const padded = new Uint8Array(bytes.length + shift);
  padded.set(bytes, shift);
  const digits = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join(''));
  const from = Math.ceil((shift * 8) / 6);
  const to = Math.floor((padded.length * 8) / 6);
  return digits.slice(from, to);
}

/** Some servers write `\/` for a slash in JSON; tokens in base64 have slashes. */
function withEscapedSlashes(text: string): string {
  return text.replaceAll('/', '\\/');
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** Lone surrogates become U+FFFD, as they do on the wire; `encodeURIComponent` would throw on them. */
function wellFormed(value: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(value));
}

import { MASK, type Secret } from '../secret';

/** Replaces every trace of some secrets in text that came from elsewhere, such as a server that echoes requests. */
export type SecretMasker = (text: string) => string;

/** Shorter values are words of a body, not tokens: masking them would hide the body and tell the secret. */
const SHORTEST = 6;

/** A base64 form shorter than this would match by chance. */
const SHORTEST_IN_BASE64 = 8;

/**
 * Makes a masker that finds the secrets as they are, JSON-escaped, URL-encoded, in lower case (as in host names), and
 * in base64 at any alignment (as inside `Basic` credentials), in both alphabets.
 */
export function secretMasker(secrets: readonly Secret[]): SecretMasker {
  const atoms = new Set(secrets.flatMap((secret) => secret.revealAtomsForMasking()));
  const forms = new Set([...atoms].filter((atom) => atom.length >= SHORTEST).flatMap(formsOf));
  // Longest first, so that no form leaves the rest of a longer one behind.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const form of ordered) {
      if (masked.includes(form)) masked = masked.replaceAll(form, MASK);
    }
    return masked;
  };
}

function formsOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  return [...plainForms(secret, bytes), ...[0, 1, 2].flatMap((shift) => base64Forms(bytes, shift))];
}

function plainForms(secret: string, bytes: Uint8Array): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  // By way of the bytes lone surrogates become U+FFFD, as they do on the wire; encodeURIComponent would throw on them.
  const encoded = encodeURIComponent(new TextDecoder().decode(bytes));
  const form = encoded.replaceAll('%20', '+').replace(/[!'()~]/g, percentEncoded);
  const urlForms = [encoded, form].flatMap((text) => [text, text.replace(/%../g, (code) => code.toLowerCase())]);
  return [secret, secret.toLowerCase(), json, json.replaceAll('/', '\\/'), ...urlForms];
}

/** What `application/x-www-form-urlencoded` escapes and `encodeURIComponent` does not. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The base64 digits that depend on nothing but `bytes` when `shift` other bytes come before and any come after. */
function base64Forms(bytes: Uint8Array, shift: number): string[] {
  const padded = new Uint8Array(bytes.length + shift);
  padded.set(bytes, shift);
  const digits = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join(''));
  const standard = digits.slice(Math.ceil((shift * 8) / 6), Math.floor((padded.length * 8) / 6));
  if (standard.length < SHORTEST_IN_BASE64) return [];
  const url = standard.replaceAll('+', '-').replaceAll('/', '_');
  return [standard, standard.replaceAll('/', '\\/'), encodeURIComponent(standard), url];
}

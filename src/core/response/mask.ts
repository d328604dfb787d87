import { MASK, type Secret } from '../secret';

/** Shorter values are words of a body, not tokens: masking them would hide the body and tell the secret's length. */
const SHORTEST = 6;
/** A base64 form shorter than this would match by chance. */
const SHORTEST_BASE64 = 8;

/**
 * Replaces the given secrets in a text by dots: as they are, JSON-escaped, URL-encoded, and in base64 at any
 * alignment (as inside `Basic` credentials), in both alphabets.
 */
export function maskSecrets(text: string, secrets: readonly Secret[]): string {
  let masked = text;
  for (const form of secretForms(secrets)) {
    if (masked.includes(form)) masked = masked.replaceAll(form, MASK);
  }
  return masked;
}

/** Every form to look for, longest first, so that no form leaves the rest of a longer one behind. */
function secretForms(secrets: readonly Secret[]): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const value = secret.revealForTransport();
    if (value.length < SHORTEST) continue;
    for (const form of [...plainForms(value), ...base64Forms(value)]) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function plainForms(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const encoded = encodeURIComponent(wellFormed(value));
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  return [value, json, json.replaceAll('/', '\\/'), encoded, encoded.toLowerCase(), form];
}

function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  return [0, 1, 2].flatMap((shift) => {
    const standard = stableBase64(bytes, shift);
    if (standard.length < SHORTEST_BASE64) return [];
    const url = standard.replaceAll('+', '-').replaceAll('/', '_');
    return [standard, standard.replaceAll('/', '\\/'), encodeURIComponent(standard), url];
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

/** Lone surrogates become U+FFFD, as they do on the wire; `encodeURIComponent` would throw on them. */
function wellFormed(value: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(value));
}

import { MASK, type Secret } from '../secret';

/** Replaces every trace of some secrets in text that came from elsewhere, such as a server that echoes requests. */
export type SecretMasker = (text: string) => string;

/** Shorter values would blot out innocent text; nothing that short protects anything. */
const SHORTEST = 4;

/** In base64 the same bytes look different at each of three offsets; below this length too little of them is fixed. */
const SHORTEST_IN_BASE64 = 12;

/**
 * Makes a masker that finds the secrets as they are, URL-encoded, JSON-escaped, and as base64 or base64url, also in
 * the middle of a longer encoded text.
 */
export function secretMasker(secrets: readonly Secret[]): SecretMasker {
  const atoms = new Set(secrets.flatMap((secret) => secret.revealAtomsForMasking()));
  const forms = new Set([...atoms].filter((atom) => atom.length >= SHORTEST).flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  // Longest first: a form may be the beginning of another.
  const pattern = [...forms].sort((a, b) => b.length - a.length).map(escapeRegExp);
  // Host names come back in lower case.
  const matcher = new RegExp(pattern.join('|'), 'gi');
  return (text) => text.replace(matcher, MASK);
}

function formsOf(secret: string): string[] {
  // A lone surrogate cannot be encoded; it cannot have been sent either.
  const urlEncoded = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD'));
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    urlEncoded,
    urlEncoded.replaceAll('%20', '+'),
    ...(secret.length >= SHORTEST_IN_BASE64 ? [0, 1, 2].flatMap((offset) => base64At(secret, offset)) : []),
  ];
}

/** The characters of the base64 text that depend on the secret alone, with the secret `offset` bytes into it. */
function base64At(secret: string, offset: number): string[] {
  const bytes = new TextEncoder().encode(secret);
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  const text = btoa(String.fromCharCode(...padded)).replace(/=+$/, '');
  const firstWhole = Math.ceil((offset * 8) / 6);
  const endWhole = Math.floor((padded.length * 8) / 6);
  const core = text.slice(firstWhole, endWhole);
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

import type { Claims } from './codeExchange';

/**
 * What a token looks like inside. Nothing of it has been checked: an access token is made for the API, and its client
 * should not depend on what is in it (RFC 9068 §6). It is a hint, for people to look at.
 */
export type ReadJwt =
  | { readonly kind: 'jwt'; readonly header: Claims; readonly claims: Claims }
  /** A JWE (RFC 7516): only the API can read more than the header. */
  | { readonly kind: 'encrypted'; readonly header: Claims }
  /** Anything else, a broken or an oversized JWT included. */
  | { readonly kind: 'opaque' };

const opaque: ReadJwt = { kind: 'opaque' };

/** Characters; a token of that size fits into no header. */
const longest = 262_144;

/** Takes a token apart (RFC 7519 §3) without checking it. Never throws. */
export function readJwt(token: string): ReadJwt {
  if (token.length > longest) return opaque;
  const parts = token.split('.', 6);
  const [first = '', second = ''] = parts;
  const header = jsonObject(first);
  if (typeof header?.['alg'] !== 'string') return opaque;
  if (parts.length === 5) return { kind: 'encrypted', header };
  const claims = parts.length === 3 ? jsonObject(second) : undefined;
  return claims ? { kind: 'jwt', header, claims } : opaque;
}

function jsonObject(part: string): Claims | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

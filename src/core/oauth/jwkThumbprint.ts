import { sha256 } from './digest';

/** The members that a thumbprint is made of, in the order of RFC 7638 §3.2 (and RFC 8037 §2 for OKP). */
const members: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** The SHA-256 thumbprint of a JWK's public part (RFC 7638), as in `jkt`; `undefined` for what is no such key. */
export async function jwkThumbprint(jwk: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const names = members[String(jwk['kty'])];
  if (!names?.every((name) => typeof jwk[name] === 'string')) return undefined;
  return sha256(JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]]))));
}

import { Secret } from '../secret';
import { sha256 } from './digest';

/** The public half of a P-256 key pair: the members that RFC 7638 §3.2 wants, in its order. */
export interface PublicJwk {
  readonly crv: string;
  readonly kty: string;
  readonly x: string;
  readonly y: string;
}

/** WebCrypto's, which the core's surroundings name in different ways. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key pair that is ready to sign. The private half cannot be taken out again. */
export interface DpopKey {
  readonly privateKey: Key;
  readonly publicKey: Key;
  readonly publicJwk: PublicJwk;
}

/** What servers that know DPoP all know (RFC 9449 §11.6, RFC 8725 §3.2); JWS calls it ES256. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes a key pair, as the text of a private JWK: it is stored with the session, so it must be able to leave once. */
export async function newDpopKey(): Promise<Secret> {
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return new Secret(JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey)));
}

/** Reads a private JWK. */
export async function importDpopKey(jwk: Secret): Promise<DpopKey> {
  const whole = JSON.parse(jwk.revealForTransport()) as Partial<PublicJwk> & { readonly d?: string };
  const publicJwk = publicPartOf(whole);
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('jwk', { ...publicJwk, d: whole.d ?? '' }, algorithm, false, ['sign']),
    crypto.subtle.importKey('jwk', { ...publicJwk }, algorithm, true, ['verify']),
  ]);
  return { privateKey, publicKey, publicJwk };
}

/** JWK thumbprint with SHA-256 (RFC 7638 §3): what `dpop_jkt` and the `jkt` of a bound token are. */
export function thumbprintOf(jwk: PublicJwk): Promise<string> {
  return sha256(JSON.stringify(publicPartOf(jwk)));
}

function publicPartOf({ crv = '', kty = '', x = '', y = '' }: Partial<PublicJwk>): PublicJwk {
  return { crv, kty, x, y };
}

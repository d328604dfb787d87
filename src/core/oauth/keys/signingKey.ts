import type { CryptoKey } from 'oauth4webapi';
import { LatchkeyError } from '../../errors';
import { base64Url } from '../digest';
import type { Secret } from '../../secret';
import { bytesOfBase64 } from './pem';
import { readPrivateKey, type KeyType, type PrivateKey } from './privateKey';

/** A private key and what it signs with. Lives in memory only. */
export interface SigningKey {
  /** What people call it. */
  readonly name: string;
  readonly key: PrivateKey;
  /** `kid` of the header; `undefined`: none. */
  readonly keyId: string | undefined;
  /** JWS algorithm (RFC 7518 §3.1, RFC 8037, RFC 9864) that was asked for; `undefined`: what fits key and server. */
  readonly algorithm: string | undefined;
}

/** Under the names that every platform has. */
type ImportParameters = Parameters<typeof crypto.subtle.importKey>[2];
type SignParameters = Parameters<typeof crypto.subtle.sign>[0];

const fitting: Readonly<Record<KeyType, readonly string[]>> = {
  RSA: ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'],
  'EC P-256': ['ES256'],
  'EC P-384': ['ES384'],
  'EC P-521': ['ES512'],
  Ed25519: ['EdDSA', 'Ed25519'],
};

/**
 * Reads a key and proves that it can sign.
 * @throws LatchkeyError `oauth.key…`.
 */
export async function readSigningKey(
  text: Secret,
  name: string,
  { keyId, algorithm }: { readonly keyId?: string | undefined; readonly algorithm?: string | undefined },
): Promise<SigningKey> {
  const key = readPrivateKey(text, name, keyId);
  const signing: SigningKey = { name, key, keyId: keyId ?? key.keyId, algorithm };
  await cryptoKey(signing, signingAlgorithm(signing, undefined));
  return signing;
}

/**
 * The algorithm to sign with: what was asked for, else the first that the server takes of those that fit the key.
 * @throws LatchkeyError `oauth.keyAlgorithmWrong`.
 */
export function signingAlgorithm(
  { name, key, algorithm }: SigningKey,
  accepted: readonly string[] | undefined,
): string {
  const meant = key.algorithms;
  const fits = fitting[key.type].filter((candidate) => meant?.includes(candidate) ?? true);
  if (algorithm === undefined) {
    const first = fits.find((candidate) => accepted?.includes(candidate)) ?? fits[0];
    if (first !== undefined) return first;
  } else if (fits.includes(algorithm)) {
    return algorithm;
  }
  throw new LatchkeyError('oauth.keyAlgorithmWrong', {
    key: name,
    type: key.type,
    algorithm: algorithm ?? meant?.join(', ') ?? '',
    fits: (fits.length > 0 ? fits : fitting[key.type]).join(', '),
    wanted: typesFor(algorithm),
  });
}

/** The kinds of key that an algorithm signs with, for people. */
function typesFor(algorithm: string | undefined): string {
  const types = Object.entries(fitting).filter(
    ([, algorithms]) => algorithm === undefined || algorithms.includes(algorithm),
  );
  return types.length === 0 ? Object.keys(fitting).join(', ') : types.map(([type]) => type).join(', ');
}

/** @throws LatchkeyError `oauth.keyInvalid` when the bytes are no such key. */
export async function cryptoKey({ name, key }: SigningKey, algorithm: string): Promise<CryptoKey> {
  const { format, value } = key.material;
  const parameters = importParameters(key.type, algorithm);
  try {
    // Not extractable: what signs need not be read again.
    return format === 'jwk'
      ? await crypto.subtle.importKey('jwk', JSON.parse(value.revealForTransport()) as object, parameters, false, [
          'sign',
        ])
      : await crypto.subtle.importKey(
          'pkcs8',
          bytesOfBase64(value.revealForTransport()) ?? new Uint8Array(),
          parameters,
          false,
          ['sign'],
        );
  } catch {
    throw new LatchkeyError('oauth.keyInvalid', { key: name });
  }
}

/** A compact JWS of the claims (RFC 7515 §7.1). */
export async function signJwt(
  signing: SigningKey,
  accepted: readonly string[] | undefined,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const algorithm = signingAlgorithm(signing, accepted);
  const key = await cryptoKey(signing, algorithm);
  const header = { alg: algorithm, typ: 'JWT', kid: signing.keyId };
  const input = [header, claims].map((part) => base64Url(utf8(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign(signParameters(algorithm), key, utf8(input));
  return `${input}.${base64Url(new Uint8Array(signature))}`;
}

function importParameters(type: KeyType, algorithm: string): ImportParameters {
  switch (type) {
    case 'RSA':
      return { name: algorithm.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: hashOf(algorithm) };
    case 'EC P-256':
    case 'EC P-384':
    case 'EC P-521':
      return { name: 'ECDSA', namedCurve: type.slice('EC '.length) };
    case 'Ed25519':
      return { name: 'Ed25519' };
  }
}

function signParameters(algorithm: string): SignParameters {
  const hash = hashOf(algorithm);
  switch (algorithm.slice(0, 2)) {
    case 'RS':
      return 'RSASSA-PKCS1-v1_5';
    case 'PS':
      return { name: 'RSA-PSS', saltLength: Number(algorithm.slice(2)) / 8 };
    case 'ES':
      return { name: 'ECDSA', hash };
    default:
      return 'Ed25519';
  }
}

function hashOf(algorithm: string): string {
  return `SHA-${algorithm.slice(2)}`;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { JWKS } from 'oidc-provider';

/** A client's key pair: the private half in PEM, and the public half as its server has it. */
export interface ClientKey {
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwks: JWKS;
}

export function rsaKey(kid = 'k1'): ClientKey {
  return clientKey(generateKeyPairSync('rsa', { modulusLength: 2048 }), kid);
}

export function ecKey(kid = 'k1'): ClientKey {
  return clientKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }), kid);
}

function clientKey({ privateKey, publicKey }: Omit<ClientKey, 'pem' | 'jwks'>, kid: string): ClientKey {
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }] } as JWKS;
  return { pem, privateKey, publicKey, jwks };
}

/** The claims of a JWT, unchecked. */
export function claimsOf(jwt: string | null | undefined): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** The header of a JWT. */
export function headerOf(jwt: string | null | undefined): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(jwt?.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

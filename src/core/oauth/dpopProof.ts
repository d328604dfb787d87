import type { Secret } from '../secret';
import { base64Url, sha256 } from './digest';
import type { DpopKey } from './dpopKey';

/** One request as its proof describes it. */
export interface ProvenRequest {
  readonly method: string;
  readonly url: URL;
  /** The token that the request carries. */
  readonly accessToken: Secret;
  /** The server's latest, if it has given one. */
  readonly nonce: string | undefined;
  /** Seconds since the epoch, by the server's clock as far as it is known. */
  readonly issuedAt: number;
}

/**
 * A proof of possession for one request to an API (RFC 9449 §4.2). It is of no use for any other request: method,
 * address, token and a unique id are in it.
 */
export async function dpopProof(key: DpopKey, request: ProvenRequest): Promise<string> {
  const { method, url, accessToken, nonce, issuedAt } = request;
  const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: key.publicJwk };
  const claims = {
    jti: crypto.randomUUID(),
    htm: method,
    // Without query and fragment (§4.2).
    htu: `${url.origin}${url.pathname}`,
    iat: issuedAt,
    ath: await accessTokenHash(accessToken),
    ...(nonce === undefined ? {} : { nonce }),
  };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  const hash = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(hash, key.privateKey, new TextEncoder().encode(signed));
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

/** The `ath` claim: ties the proof to the token. */
export function accessTokenHash(token: Secret): Promise<string> {
  return sha256(token.revealForTransport());
}

function encoded(value: object): string {
  return base64Url(new TextEncoder().encode(JSON.stringify(value)));
}

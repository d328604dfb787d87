import { bytesToHex } from '@noble/hashes/utils.js';
import { base64 } from '../../base64';
import type { Header, Random, WireRequest, WireResponse } from '../../ports';
import type { Credentials } from '../credentials';
import { digestChallenge, type DigestChallenge } from './digestChallenge';
import type { DigestNonces, DigestSession } from './digestNonces';
import { digestResponse } from './digestResponse';
import { hashBody } from './hashBody';
import type { HopSigner } from './hopSigner';
import { asSecretAsUrl, targetUrl } from './requestTarget';

/**
 * Answers the challenges of Digest authentication (RFC 7616), and answers the next one before it is asked as long as
 * its nonce lasts. A password that a fresh nonce does not help is wrong: that refusal is the answer.
 */
export class DigestSigner implements HopSigner {
  readonly #credentials: Credentials & { readonly kind: 'digest' };
  readonly #nonces: DigestNonces;
  readonly #random: Random;
  /** The nonce that this send has answered with last, and whether this send was asked with it. */
  #answered: { readonly nonce: string; readonly isFresh: boolean } | undefined;
  #asked: string | undefined;

  constructor(credentials: Credentials & { readonly kind: 'digest' }, nonces: DigestNonces, random: Random) {
    this.#credentials = credentials;
    this.#nonces = nonces;
    this.#random = random;
  }

  async sign(request: WireRequest, signal: AbortSignal): Promise<WireRequest['headers']> {
    const url = targetUrl(request);
    const known = this.#nonces.get(url.origin);
    if (!known) return [];
    const { challenge, cnonce, session } = known;
    const count = ++known.count;
    this.#answered = { nonce: challenge.nonce, isFresh: challenge.nonce === this.#asked };
    const bodyHash = challenge.qop === 'auth-int' ? await hashOf(request, challenge, signal) : undefined;
    const { username, password } = this.#credentials;
    const uri = asSecretAsUrl(request, url.pathname + url.search);
    const { method } = request;
    const value = digestResponse({
      ...{ challenge, username, password, method, uri },
      ...{ cnonce, count, session, bodyHash },
    });
    return [['Authorization', value]];
  }

  wantsAnother(request: WireRequest, { status, headers }: WireResponse): boolean {
    const { origin } = targetUrl(request);
    const challenge = status === 401 ? digestChallenge(headers) : undefined;
    if (!challenge) {
      if (status !== 401) this.#takeNextNonce(origin, headers);
      return false;
    }
    const answered = this.#answered;
    this.#answered = undefined;
    // A nonce of an earlier send may have come to its end without the server saying so.
    const mayHelp = !answered || !answered.isFresh || challenge.stale;
    if (!mayHelp) {
      this.#nonces.delete(origin);
      return false;
    }
    this.#asked = challenge.nonce;
    this.#nonces.set(origin, this.#begin(challenge));
    return true;
  }

  #begin(challenge: DigestChallenge): DigestSession {
    const cnonce = base64(this.#random.bytes(24));
    return { challenge, cnonce, count: 0, session: { nonce: challenge.nonce, cnonce } };
  }

  /** RFC 7616 §3.5: the server names the nonce of the next request. */
  #takeNextNonce(origin: string, headers: readonly Header[]): void {
    const known = this.#nonces.get(origin);
    const info = headers.find(([name]) => name.toLowerCase() === 'authentication-info')?.[1] ?? '';
    const nonce = /(?:^|[,\s])nextnonce\s*=\s*"([^"\\]+)"/i.exec(info)?.[1];
    if (!known || nonce === undefined) return;
    this.#nonces.set(origin, { ...known, challenge: { ...known.challenge, nonce }, count: 0 });
  }
}

async function hashOf({ body }: WireRequest, { algorithm }: DigestChallenge, signal: AbortSignal): Promise<string> {
  const hash = algorithm.hash.create();
  await hashBody(body, hash, signal);
  return bytesToHex(hash.digest());
}

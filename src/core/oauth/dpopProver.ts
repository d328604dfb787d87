import { parseChallenges } from '../http/wwwAuthenticate';
import type { Clock, Header } from '../ports';
import { Secret } from '../secret';
import { importDpopKey, newDpopKey, thumbprintOf, type DpopKey } from './dpopKey';
import { dpopProof } from './dpopProof';
import { serverTime } from './serverTime';

/** A proof, and what it was made with: only something else makes another try worth while. */
export interface Proof {
  /** For the `DPoP` header. As secret as the address that is in it. */
  readonly value: Secret;
  readonly nonce: string | undefined;
  /** Seconds that were added to this machine's clock. */
  readonly skew: number;
}

/** Seconds by which two clocks may differ before it is taken for the reason of a refusal. */
const negligibleSkew = 5;

/**
 * Proves that a session holds the key that its token is bound to (RFC 9449). Remembers, for as long as the window
 * lives, the newest nonce of each API (§8.2, §9) and how far its clock is from ours.
 */
export class DpopProver {
  /** The private JWK, for the session's record. */
  readonly jwk: Secret;
  readonly #clock: Clock;
  readonly #nonces = new Map<string, string>();
  readonly #skews = new Map<string, number>();
  #key: Promise<DpopKey> | undefined;

  constructor(jwk: Secret, clock: Clock) {
    this.jwk = jwk;
    this.#clock = clock;
  }

  /** With a key of its own. */
  static async create(clock: Clock): Promise<DpopProver> {
    return new DpopProver(await newDpopKey(), clock);
  }

  /** The key pair, imported once. */
  get key(): Promise<DpopKey> {
    return (this.#key ??= importDpopKey(this.jwk));
  }

  async thumbprint(): Promise<string> {
    return thumbprintOf((await this.key).publicJwk);
  }

  /** A fresh proof for one request to an API. */
  async prove(method: string, url: URL, accessToken: Secret): Promise<Proof> {
    const nonce = this.#nonces.get(url.origin);
    const skew = this.#skews.get(url.origin) ?? 0;
    const issuedAt = Math.floor(this.#clock.now() / 1000) + skew;
    const proof = await dpopProof(await this.key, { method, url, accessToken, nonce, issuedAt });
    return { value: new Secret(proof), nonce, skew };
  }

  /**
   * Takes over what an answer tells. Whether the same request is worth sending again with another proof: the API wants
   * a nonce (§9) or refused the proof, and the answer brought a nonce or a time that the proof did not have.
   */
  learn({ origin }: URL, used: Proof, status: number, headers: readonly Header[]): boolean {
    const nonce = valueOf(headers, 'dpop-nonce');
    if (nonce !== undefined) this.#nonces.set(origin, nonce);
    if (status !== 401) return false;
    const error = parseChallenges(headers)
      .find(({ scheme }) => scheme === 'dpop')
      ?.parameters.get('error');
    if (error !== 'use_dpop_nonce' && error !== 'invalid_dpop_proof') return false;
    const isOtherTime = this.#learnTime(origin, used.skew, valueOf(headers, 'date'));
    return (nonce !== undefined && nonce !== used.nonce) || (error === 'invalid_dpop_proof' && isOtherTime);
  }

  #learnTime(origin: string, used: number, date: string | undefined): boolean {
    const time = serverTime(date);
    if (time === undefined) return false;
    const seconds = Math.round((time - this.#clock.now()) / 1000);
    if (Math.abs(seconds - used) <= negligibleSkew) return false;
    this.#skews.set(origin, seconds);
    return true;
  }
}

function valueOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

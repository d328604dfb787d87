import type { Random } from '../ports';
import { Secret } from '../secret';
import { base64Url } from './digest';

/** The secrets of one trip to the browser. Never used for a second one (RFC 9700 §2.1.1). */
export interface AuthorizationAttempt {
  /** 256 random bits as base64url: no `+`, `/` or `%`, which some editors' callback pages decode twice. */
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636 §4.1: 43 characters from 32 random bytes. */
  readonly verifier: Secret;
}

/** Starts an attempt with fresh secrets. */
export function newAttempt(random: Random): AuthorizationAttempt {
  const fresh = (): string => base64Url(random.bytes(32));
  return { state: fresh(), nonce: fresh(), verifier: new Secret(fresh()) };
}

import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import type { Header } from '../../ports';
import { parseChallenges, type Challenge } from '../wwwAuthenticate';
import type { ByteSink } from './hashBody';

/** A question of Digest authentication (RFC 7616 §3.3) that can be answered. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: DigestAlgorithm;
  /** `undefined`: the server knows none (RFC 2069). */
  readonly qop: 'auth' | 'auth-int' | undefined;
  /** The nonce before has come to its end, and nothing else was wrong. */
  readonly stale: boolean;
  readonly userhash: boolean;
}

export interface DigestAlgorithm {
  /** As the server writes it; `undefined` where it names none, which means MD5. */
  readonly name: string | undefined;
  readonly hash: DigestHash;
  /** The password is hashed once for many requests (RFC 7616 §3.4.2). */
  readonly isSession: boolean;
}

export interface DigestHash {
  (bytes: Uint8Array): Uint8Array;
  create(): ByteSink & { digest(): Uint8Array };
}

const hashes: ReadonlyMap<string, DigestHash> = new Map<string, DigestHash>([
  ['md5', md5],
  ['sha-256', sha256],
  ['sha-512-256', sha512_256],
]);

/**
 * The first challenge that can be answered, because servers begin with what they like best (RFC 7616 §3.7). Any other
 * scheme is passed over: a password that was meant for Digest does not leave in plain because a server asks for it.
 */
export function digestChallenge(headers: readonly Header[]): DigestChallenge | undefined {
  for (const challenge of parseChallenges(headers)) {
    const readable = challenge.scheme === 'digest' ? readChallenge(challenge) : undefined;
    if (readable) return readable;
  }
  return undefined;
}

function readChallenge({ parameters }: Challenge): DigestChallenge | undefined {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const algorithm = readAlgorithm(parameters.get('algorithm'));
  const offered = parameters.get('qop');
  const qop = offered === undefined ? undefined : readQop(offered);
  if (realm === undefined || nonce === undefined || !algorithm || (offered !== undefined && !qop)) return undefined;
  const says = (name: string): boolean => parameters.get(name)?.toLowerCase() === 'true';
  const opaque = parameters.get('opaque');
  return { realm, nonce, opaque, algorithm, qop, stale: says('stale'), userhash: says('userhash') };
}

function readAlgorithm(name: string | undefined): DigestAlgorithm | undefined {
  const lower = name?.toLowerCase() ?? 'md5';
  const isSession = lower.endsWith('-sess');
  const hash = hashes.get(isSession ? lower.slice(0, -'-sess'.length) : lower);
  return hash && { name, hash, isSession };
}

function readQop(offered: string): 'auth' | 'auth-int' | undefined {
  const values = offered.toLowerCase().split(/[\s,]+/);
  return (['auth', 'auth-int'] as const).find((known) => values.includes(known));
}

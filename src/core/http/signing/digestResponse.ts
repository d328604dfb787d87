import { bytesToHex } from '@noble/hashes/utils.js';
import { redact, revealForTransport, Secret, type Sensitive } from '../../secret';
import type { DigestChallenge, DigestHash } from './digestChallenge';

export interface DigestInput {
  readonly challenge: DigestChallenge;
  readonly username: Sensitive;
  readonly password: Secret;
  readonly method: string;
  /** Path and query as they are sent. */
  readonly uri: Sensitive;
  readonly cnonce: string;
  /** How often the nonce has been used, this time included. */
  readonly count: number;
  /** Nonces of the first answer of a session: what its key was made of. */
  readonly session: { readonly nonce: string; readonly cnonce: string };
  /** Hex; for `auth-int`. */
  readonly bodyHash: string | undefined;
}

/** The value of `Authorization` that answers a challenge (RFC 7616 §3.4). Texts are hashed as UTF-8 (§4). */
export function digestResponse(input: DigestInput): Secret {
  const { challenge, uri, cnonce, count } = input;
  const { algorithm, qop, opaque, realm, nonce } = challenge;
  const named = userName(input);
  const parts: Sensitive[] = [
    ...['Digest ', named.key, '=', named.value],
    `, realm=${quoted(realm)}, nonce=${quoted(nonce)}`,
    ...[', uri="', uri, '"'],
    ...[', response="', responseOf(input), '"'],
    algorithm.name === undefined ? '' : `, algorithm=${algorithm.name}`,
    qop === undefined ? '' : `, qop=${qop}, nc=${hex(count)}`,
    qop === undefined && !algorithm.isSession ? '' : `, cnonce=${quoted(cnonce)}`,
    opaque === undefined ? '' : `, opaque=${quoted(opaque)}`,
    named.isHashed ? ', userhash=true' : '',
  ];
  return Secret.join(parts);
}

function responseOf({
  challenge,
  username,
  password,
  method,
  uri,
  cnonce,
  count,
  session,
  bodyHash,
}: DigestInput): Secret {
  const { algorithm, qop, realm, nonce } = challenge;
  const hash = (text: string): string => hashText(algorithm.hash, text);
  const key = hash([plainName(username), realm, normal(password)].join(':'));
  const first = algorithm.isSession ? hash([key, session.nonce, session.cnonce].join(':')) : key;
  const second = hash([method, revealForTransport(uri), ...(qop === 'auth-int' ? [bodyHash ?? ''] : [])].join(':'));
  const middle = qop === undefined ? [nonce] : [nonce, hex(count), cnonce, qop];
  return new Secret(hash([first, ...middle, second].join(':')));
}

interface UserName {
  readonly key: 'username' | 'username*';
  readonly value: Sensitive;
  readonly isHashed: boolean;
}

function userName({ challenge, username }: DigestInput): UserName {
  const { algorithm, realm, userhash } = challenge;
  const plain = plainName(username);
  if (userhash) {
    return { key: 'username', value: `"${hashText(algorithm.hash, `${plain}:${realm}`)}"`, isHashed: true };
  }
  // What is beyond ASCII cannot stand in quotes (RFC 7616 §3.4.4, RFC 8187 §3.2).
  const isPlain = /^[\x20-\x7e]*$/.test(plain);
  const value = isPlain ? quoted(plain) : `UTF-8''${extended(plain)}`;
  const isSecret = redact(username) !== revealForTransport(username);
  return { key: isPlain ? 'username' : 'username*', value: isSecret ? new Secret(value) : value, isHashed: false };
}

function plainName(username: Sensitive): string {
  return normal(username);
}

/** RFC 7616 §4 wants both in normalization form C. */
function normal(text: Sensitive): string {
  return revealForTransport(text).normalize('NFC');
}

function hashText(hash: DigestHash, text: string): string {
  return bytesToHex(hash(new TextEncoder().encode(text)));
}

function hex(count: number): string {
  return count.toString(16).padStart(8, '0');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function extended(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

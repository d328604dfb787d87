import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base64, base64Text } from '../../base64';
import type { Clock, Random, WireRequest } from '../../ports';
import { joinSensitive, revealForTransport, Secret, type Sensitive } from '../../secret';
import type { Credentials } from '../credentials';
import { hashBody, type ByteSink } from './hashBody';
import type { HopSigner } from './hopSigner';
import { asSecretAsUrl, targetHost, targetUrl } from './requestTarget';
import type { SigningName, SigningValue } from './signingText';

const hashes = { sha1, sha256, sha384, sha512 } as const;

type HmacCredentials = Credentials & { readonly kind: 'hmac' };
type TextName = Exclude<SigningName, 'body' | 'bodyHash' | 'signature'>;

/** A signature with a shared key (RFC 2104) in a header, made anew for each hop. */
export class HmacSigner implements HopSigner {
  readonly #credentials: HmacCredentials;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #random: Random;

  constructor(credentials: HmacCredentials, clock: Pick<Clock, 'now'>, random: Random) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#random = random;
  }

  async sign(request: WireRequest, signal: AbortSignal): Promise<WireRequest['headers']> {
    const { key, header, message, value, algorithm } = this.#credentials;
    const texts = this.#texts(request);
    const hash = hashes[algorithm];
    const isHashed = [...message, ...value].some((part) => isValue(part) && part.name === 'bodyHash');
    const bodyHash = isHashed ? await digestOf(request, hash.create(), signal) : new Uint8Array();
    const code = hmac.create(hash, new TextEncoder().encode(revealForTransport(key)));
    for (const part of message) {
      if (isValue(part) && part.name === 'body') await hashBody(request.body, code, signal);
      else code.update(new TextEncoder().encode(revealForTransport(textOf(part, texts, bodyHash, undefined))));
    }
    const signature = code.digest();
    // A file can say `value` without a secret in it; what authenticates is one all the same.
    const parts = value.map((part) => textOf(part, texts, bodyHash, signature));
    const joined = joinSensitive(parts);
    return [[header, joined instanceof Secret ? joined : new Secret(joined)]];
  }

  wantsAnother(): boolean {
    return false;
  }

  #texts(request: WireRequest): Readonly<Record<TextName, Sensitive>> {
    const url = targetUrl(request);
    const ofUrl = (part: string): Sensitive => asSecretAsUrl(request, part);
    return {
      method: request.method,
      url: request.url,
      host: targetHost(request),
      target: ofUrl(url.pathname + url.search),
      path: ofUrl(url.pathname),
      query: ofUrl(url.search.slice(1)),
      timestamp: String(Math.floor(this.#clock.now() / 1000)),
      nonce: bytesToHex(this.#random.bytes(16)),
    };
  }
}

/** Empty for what cannot stand there, which the file has been told already. */
function textOf(
  part: Sensitive | SigningValue,
  texts: Readonly<Record<TextName, Sensitive>>,
  bodyHash: Uint8Array,
  signature: Uint8Array | undefined,
): Sensitive {
  if (!isValue(part)) return part;
  const { name, isBase64 } = part;
  if (name === 'body') return '';
  if (name === 'bodyHash') return bytesAsText(bodyHash, isBase64);
  if (name === 'signature') return signature ? new Secret(bytesAsText(signature, isBase64)) : '';
  return isBase64 ? asBase64(texts[name]) : texts[name];
}

function asBase64(text: Sensitive): Sensitive {
  return text instanceof Secret ? text.converted(base64Text) : base64Text(text);
}

function bytesAsText(bytes: Uint8Array, isBase64: boolean): string {
  return isBase64 ? base64(bytes) : bytesToHex(bytes);
}

async function digestOf(
  { body }: WireRequest,
  hash: ByteSink & { digest(): Uint8Array },
  signal: AbortSignal,
): Promise<Uint8Array> {
  await hashBody(body, hash, signal);
  return hash.digest();
}

function isValue(part: Sensitive | SigningValue): part is SigningValue {
  return typeof part === 'object' && !(part instanceof Secret);
}

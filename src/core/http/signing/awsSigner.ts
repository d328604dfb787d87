import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { AwsV4Signer } from 'aws4fetch';
import type { Clock, WireRequest } from '../../ports';
import { revealForTransport, Secret } from '../../secret';
import type { Credentials } from '../credentials';
import { isStreamed } from '../wireBody';
import { hashBody } from './hashBody';
import type { HopSigner } from './hopSigner';
import { targetHost, targetUrl } from './requestTarget';

/** Set here, or by the transport, or changed on the way: a signature over them would not hold. */
const UNSIGNED =
  /^(?:host|authorization|x-amz-date|x-amz-security-token|user-agent|accept-encoding|connection|content-length|expect|te|x-amzn-trace-id)$/i;

const CONTENT_HASH = 'x-amz-content-sha256';

/** AWS Signature Version 4 in the Authorization header, made anew for each hop. */
export class AwsSigner implements HopSigner {
  readonly #credentials: Credentials & { readonly kind: 'awsSigV4' };
  readonly #clock: Pick<Clock, 'now'>;

  constructor(credentials: Credentials & { readonly kind: 'awsSigV4' }, clock: Pick<Clock, 'now'>) {
    this.#credentials = credentials;
    this.#clock = clock;
  }

  async sign(request: WireRequest, signal: AbortSignal): Promise<WireRequest['headers']> {
    const { region, service, accessKeyId, secretAccessKey, sessionToken } = this.#credentials;
    const stated = valueOf(request, CONTENT_HASH);
    const contentHash = stated ?? (await contentHashOf(request, service, signal));
    const added: WireRequest['headers'] =
      isS3(service) && stated === undefined ? [['X-Amz-Content-Sha256', contentHash]] : [];
    const signer = new HopSignature(contentHash, {
      url: signedUrl(request),
      method: request.method,
      headers: signedHeaders([...request.headers, ...added]),
      accessKeyId: revealForTransport(accessKeyId),
      secretAccessKey: revealForTransport(secretAccessKey),
      ...(sessionToken && { sessionToken: revealForTransport(sessionToken) }),
      ...{ service, region },
      datetime: new Date(this.#clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
      allHeaders: true,
    });
    const value = Secret.join([
      ...['AWS4-HMAC-SHA256 Credential=', accessKeyId, `/${signer.credentialString}`],
      ...[`, SignedHeaders=${signer.signedHeaders}, Signature=`, new Secret(await signer.signature())],
    ]);
    return [
      ['X-Amz-Date', signer.datetime],
      ...(sessionToken ? [['X-Amz-Security-Token', sessionToken] as const] : []),
      ...added,
      ['Authorization', value],
    ];
  }

  wantsAnother(): boolean {
    return false;
  }
}

type SignerInput = ConstructorParameters<typeof AwsV4Signer>[0];

/** The library's signature over a body that was hashed before, whether or not the hash is sent along. */
class HopSignature extends AwsV4Signer {
  readonly #contentHash: string;

  constructor(contentHash: string, input: SignerInput & { readonly service: string }) {
    super(input);
    this.#contentHash = contentHash;
    // The library knows one service that does not encode paths twice; its siblings do not either.
    if (isS3(input.service)) this.encodedPath = s3Path(this.url.pathname);
  }

  override hexBodyHash(): Promise<string> {
    return Promise.resolve(this.#contentHash);
  }
}

function isS3(service: string): boolean {
  return /^s3(?:$|-|express$)/.test(service);
}

/** Only S3 takes bodies that nobody has hashed, and only where TLS keeps them whole. */
async function contentHashOf(request: WireRequest, service: string, signal: AbortSignal): Promise<string> {
  const isSecure = targetUrl(request).protocol === 'https:';
  if (isS3(service) && isSecure && isStreamed(request.body)) return 'UNSIGNED-PAYLOAD';
  const hash = sha256.create();
  await hashBody(request.body, hash, signal);
  return bytesToHex(hash.digest());
}

function signedUrl(request: WireRequest): string {
  const url = targetUrl(request);
  return `${url.protocol}//${revealForTransport(targetHost(request)).trim()}${url.pathname}${url.search}`;
}

/** Values of a header that is there more than once count as one, with commas between. */
function signedHeaders(headers: WireRequest['headers']): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    if (UNSIGNED.test(name)) continue;
    const key = name.toLowerCase();
    const text = revealForTransport(value).trim();
    const before = values.get(key);
    values.set(key, before === undefined ? text : `${before},${text}`);
  }
  return Object.fromEntries(values);
}

function valueOf({ headers }: WireRequest, name: string): string | undefined {
  const found = headers.find(([key]) => key.toLowerCase() === name);
  return found && revealForTransport(found[1]).trim();
}

function s3Path(pathname: string): string {
  const encoded = encodeURIComponent(decoded(pathname.replaceAll('+', ' '))).replaceAll('%2F', '/');
  return encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

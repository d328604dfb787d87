import { allowInsecureRequests, customFetch, type CustomFetchOptions } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { Clock, HttpTransport, WireResponse } from '../ports';
import { Secret, type Sensitive } from '../secret';
import { withDeadline } from './deadline';
import { retryAfterSeconds } from './retryAfter';
import { quirksOf } from './presets/presets';
import { conformingTokenAnswer } from './quirks/tokenAnswer';
import { quirkyOAuthRequest, type OAuthRequest } from './quirks/tokenRequest';
import { secureUrl } from './secureUrl';
import type { ServerClocks } from './serverClocks';
import type { ServerMetadata } from './serverMetadata';

/** How requests to an authorization server leave. */
export interface OAuthHttp {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  /** Learns the servers' clocks from their answers. */
  readonly serverClocks?: ServerClocks | undefined;
}

/** Options for every request function of the OAuth library. */
export interface OAuthRequestOptions {
  readonly [customFetch]: (url: string, options: FetchOptions) => Promise<Response>;
  // oxlint-disable-next-line typescript/no-deprecated -- deprecated only to stand out; see oauthRequestOptions
  readonly [allowInsecureRequests]: boolean;
  readonly signal: AbortSignal;
}

type FetchOptions = CustomFetchOptions<
  string,
  URLSearchParams | string | Uint8Array | ArrayBuffer | ReadableStream | null | undefined
>;

/** Milliseconds for one request and its answer. */
const requestTimeout = 30_000;

/** Bytes; metadata, key sets and tokens are far smaller. */
const responseLimit = 1_048_576;

/** What a request to an authorization server is for; quirk profiles differ by it. */
export type OAuthPurpose =
  | 'discovery'
  | 'registration'
  | 'pushedAuthorization'
  | 'deviceAuthorization'
  | 'token'
  | 'refresh'
  | 'revocation'
  | 'introspection'
  | 'userinfo';

/**
 * Lets the OAuth library send through our transport: one hop, no redirect followed, 30 seconds, bounded answer. What is
 * odd about a server stays here: requests leave as it wants them, and token answers come in as the library wants them.
 * The library's own https rule is switched off because ours, which knows loopback and approved origins, is applied
 * to every URL here.
 */
export function oauthRequestOptions(
  http: OAuthHttp,
  { insecureOrigins, preset }: Pick<ServerMetadata, 'insecureOrigins' | 'preset'>,
  purpose: OAuthPurpose,
  signal: AbortSignal,
  clientId?: string,
): OAuthRequestOptions {
  const quirks = quirksOf(preset);
  return {
    // oxlint-disable-next-line typescript/no-deprecated -- deprecated only to stand out
    [allowInsecureRequests]: true,
    [customFetch]: async (url, options) => {
      const request = quirkyOAuthRequest(url, { ...options, body: parametersOf(options) }, purpose, quirks, clientId);
      const answer = await send(http, secureUrl(request.url, 'server', insecureOrigins), request, signal);
      const givesTokens = purpose === 'token' || purpose === 'refresh';
      return givesTokens ? conformingTokenAnswer(answer, quirks.tokenResponse, http.clock.now()) : answer;
    },
    signal,
  };
}

function parametersOf({ body }: FetchOptions): URLSearchParams | string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof URLSearchParams) return body;
  throw new TypeError('Requests to an authorization server have a text body or none');
}

async function send(http: OAuthHttp, url: URL, request: OAuthRequest, signal: AbortSignal): Promise<Response> {
  const { host } = url;
  const timedOut = (): Error => new LatchkeyError('oauth.serverTimedOut', { host, seconds: requestTimeout / 1000 });
  const exchange = async (limited: AbortSignal): Promise<Response> => {
    const answer = await sendOnce(http, url, request, limited);
    // Read in any case: a body that is left on the wire keeps its connection.
    const body = await readBody(answer, host);
    http.serverClocks?.note(url.origin, headerValue(answer.headers, 'date'));
    refuseBusy(host, answer, http.clock);
    return responseOf(answer, body);
  };
  return withDeadline(http.clock, requestTimeout, signal, exchange, timedOut);
}

async function sendOnce(http: OAuthHttp, url: URL, request: OAuthRequest, signal: AbortSignal): Promise<WireResponse> {
  const { method, query } = request;
  const headers = Object.entries(request.headers).map(([name, value]) => [name, sensitiveHeader(name, value)] as const);
  const body = request.body === undefined ? undefined : new Secret(request.body);
  const target = query === undefined ? url.href : urlWithQuery(url, query);
  try {
    return await http.transport.send({ method, url: target, headers, body }, signal);
  } catch (error) {
    if (!(error instanceof LatchkeyError) || hasOwnAdvice.test(error.code)) throw error;
    throw new LatchkeyError('oauth.serverUnreachable', { host: url.host, reason: error.message }, { cause: error });
  }
}

/** What is to be set right in the project file or on this machine, where the server can do nothing about it. */
const hasOwnAdvice = /^(?:http\.tls|http\.proxy|file\.|oauth\.)/;

function sensitiveHeader(name: string, value: string): Sensitive {
  return name.toLowerCase() === 'authorization' ? new Secret(value) : value;
}

/** The few servers that want a GET get codes and secrets in the URL; here nobody sees them there. */
function urlWithQuery(url: URL, query: URLSearchParams): Sensitive {
  return Secret.join([`${url.href}${url.search === '' ? '?' : '&'}`, new Secret(query.toString())]);
}

/** A server that is down or throttles says nothing about the tokens; whoever asked keeps what they have. */
function refuseBusy(host: string, { status, headers }: WireResponse, clock: Clock): void {
  if (status < 500 && status !== 429) return;
  const [retryAfter, date] = ['retry-after', 'date'].map((name) => headerValue(headers, name));
  const seconds = retryAfterSeconds(retryAfter, date, clock.now());
  throw new LatchkeyError('oauth.serverBusy', { host, status, seconds });
}

function headerValue(headers: WireResponse['headers'], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

async function readBody(answer: WireResponse, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > responseLimit) throw new LatchkeyError('oauth.responseTooLarge', { host, bytes: responseLimit });
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** Statuses whose response may not have a body; the constructor insists. */
const bodyless: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(answer: WireResponse, body: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  return new Response(bodyless.has(answer.status) ? null : body, { status: answer.status, headers });
}

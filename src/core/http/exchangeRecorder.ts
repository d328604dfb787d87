import { isAbort, LatchkeyError } from '../errors';
import type { Header, WireRequest, WireResponse } from '../ports';
import { secretMasker } from './secretMasker';
import { Secret } from '../secret';
import { secretsOfMessages } from '../stream/socketMessages';
import { secretsOfCredentials, type SigningCredentials } from './credentials';
import type { HopCookies } from './cookies/hopCookies';
import type { Exchange, Hop, Outcome, SentRequest } from './exchange';
import type { HttpRequest } from './httpRequest';
import { unopenedBody } from './requestBody';
import { toSentRequest } from './sentRequest';
import { carriesToken } from './tokenPlacement';
import { secretsInBody } from './wireBody';

/** What is about to be sent, authorised or not. */
export interface RecordedRequest {
  readonly request: HttpRequest;
  readonly token: Secret | undefined;
  readonly insecure: boolean;
  readonly signing?: SigningCredentials | undefined;
}

/** Shorter values are words such as the name of a language: an echo of them is none. */
const SHORTEST_COOKIE = 16;
/** Each is looked for in everything that is shown. */
const MOST_COOKIES = 50;

/** Writes down what happens during a send, in the form that may be shown: no secret gets into an {@link Exchange}. */
export class ExchangeRecorder {
  readonly #id: string;
  readonly #startedAt: number;
  readonly #begin = performance.now();
  readonly #insecure: boolean;
  readonly #token: Secret | undefined;
  #secrets: readonly Secret[];
  #mask: (text: string) => string;
  readonly #hops: Hop[] = [];
  #request: SentRequest;
  readonly #cookies = new Map<string, Secret>();

  constructor(id: string, startedAt: number, { request, token, insecure, signing }: RecordedRequest) {
    this.#id = id;
    this.#startedAt = startedAt;
    this.#insecure = insecure;
    this.#token = token;
    const { headers } = request;
    const upgrade = request.socket ? ('websocket' as const) : undefined;
    const unopened = { ...request, body: unopenedBody(request.body), upgrade };
    const messages = secretsOfMessages(request.socket?.messages ?? []);
    this.#secrets = [...secretsOf(unopened, token), ...messages, ...(signing ? secretsOfCredentials(signing) : [])];
    this.#mask = secretMasker(this.#secrets);
    this.#request = toSentRequest(unopened, headers, this.#mask);
  }

  /**
   * @param request without the cookies of the jar: an echo of those is masked where the response is shown, but its
   * headers are looked at as they came.
   */
  addHop(request: WireRequest, response: WireResponse, cookies?: HopCookies): Hop {
    this.#learnSecrets(request);
    this.#learnCookies(cookies);
    const sent = toSentRequest(request, response.headersSent ?? request.headers, this.#mask);
    // Where the server asked first, the request is the one that it was content with.
    const isFirst = this.#hops.every(({ request: { method, url } }) => method === sent.method && url === sent.url);
    if (isFirst) this.#request = sent;
    const { status, timings } = response;
    const statusText = this.#mask(response.statusText);
    const withToken = this.#token && carriesToken(request, this.#token) ? ({ withToken: true } as const) : undefined;
    const unverified = response.unverified ? ({ unverified: true } as const) : undefined;
    const http2 = response.http2 ? ({ http2: true } as const) : undefined;
    const facts = { ...http2, ...withToken, ...unverified, ...(cookies && { cookies }) };
    const hop = { request: sent, status, statusText, headers: this.#shown(response.headers), timings, ...facts };
    this.#hops.push(hop);
    return hop;
  }

  finish(outcome: Outcome): Exchange {
    return {
      id: this.#id,
      request: this.#request,
      hops: this.#hops,
      outcome,
      startedAt: this.#startedAt,
      duration: performance.now() - this.#begin,
      insecure: this.#insecure,
      secrets: this.#known(),
    };
  }

  /** As {@link outcomeOfError}, with no echo of a secret in the error. */
  outcomeOf(error: unknown): Outcome {
    return outcomeOfError(error instanceof LatchkeyError ? this.#harmless(error) : error);
  }

  #known(): readonly Secret[] {
    return [...this.#secrets, ...this.#cookies.values()];
  }

  #learnCookies(cookies: HopCookies | undefined): void {
    for (const { value } of [...(cookies?.sent ?? []), ...(cookies?.received ?? [])]) {
      const text = value.revealForTransport();
      if (value.length >= SHORTEST_COOKIE && this.#cookies.size < MOST_COOKIES) this.#cookies.set(text, value);
    }
  }

  /** What was made for one hop, such as a signature, may be echoed as well. */
  #learnSecrets(request: WireRequest): void {
    const known = new Set(this.#secrets);
    const fresh = secretsOf(request, undefined).filter((secret) => !known.has(secret));
    if (fresh.length === 0) return;
    this.#secrets = [...this.#secrets, ...fresh];
    this.#mask = secretMasker(this.#secrets);
  }

  #shown(headers: readonly Header[]): readonly Header[] {
    return headers.map(([name, value]): Header => [this.#mask(name), this.#mask(value)]);
  }

  /** A server chooses where it redirects to, so even the name of a host can hold an echo of the token. */
  #harmless(error: LatchkeyError): LatchkeyError {
    const mask = secretMasker(this.#known());
    const data = Object.fromEntries(
      Object.entries(error.data).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value]),
    );
    const cause = error.cause instanceof Error ? error.cause.message : '';
    const isHarmless = mask(error.message) === error.message && mask(cause) === cause;
    return isHarmless ? error : new LatchkeyError(error.code, data);
  }
}

/** The outcome that an error or an abort stands for; rethrows what is not an expected end. */
export function outcomeOfError(error: unknown): Outcome {
  if (isAbort(error)) return { kind: 'cancelled' };
  if (error instanceof LatchkeyError) return { kind: 'failure', error };
  throw error;
}

function secretsOf(request: WireRequest, token: Secret | undefined): readonly Secret[] {
  const values = [token, request.url, ...request.headers.map(([, value]) => value), ...secretsInBody(request.body)];
  return values.filter((value) => value instanceof Secret);
}

import type { LatchkeyError } from '../errors';
import type { Header, HopTimings } from '../ports';
import type { Secret } from '../secret';
import type { HopCookies } from './cookies/hopCookies';
import type { StreamLog } from '../stream/streamLog';
import type { StepUp } from './stepUp';

/** The request as it was sent, safe to show: what `authorise` or a secret contributed is masked. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** The body as text with secrets masked; `undefined` when there was none. */
  readonly body: string | undefined;
  readonly bodyBytes: number;
}

/** One request and its answer within an exchange; redirects make several. */
export interface Hop {
  readonly request: SentRequest;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly timings: HopTimings;
  /** It went over HTTP/2; absent: over HTTP/1. */
  readonly http2?: true;
  /** The request had the connection's token in it. */
  readonly withToken?: true;
  /** The certificate of the server was not checked, as the project file says. */
  readonly unverified?: true;
  /** What went with it out of the jar, and what came to it; absent where no cookies are kept. */
  readonly cookies?: HopCookies | undefined;
}

/** A response body that is read by range, so that nobody needs it whole. */
export interface ResponseBody {
  /** Bytes after decoding. */
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
  /** Frees what it holds; reading afterwards is an error. */
  dispose(): void;
}

export interface ResponseSummary {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly body: ResponseBody;
  /** The events of a body that comes piece by piece, and what can be done about it. */
  readonly stream?: StreamLog | undefined;
}

/** How an exchange ended. */
export type Outcome =
  | { readonly kind: 'response'; readonly response: ResponseSummary }
  | { readonly kind: 'failure'; readonly error: LatchkeyError }
  | { readonly kind: 'cancelled' };

/** One send: the request as sent, its hops, how it ended, how long it took. */
export interface Exchange {
  readonly id: string;
  readonly request: SentRequest;
  readonly hops: readonly Hop[];
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds from the send to the last byte of the body. */
  readonly duration: number;
  /** A token went over http to a host beyond loopback, as the connection allows: show a red mark. */
  readonly insecure?: boolean | undefined;
  /** What the request held; a response may echo it, so text of its body passes `secretMasker` before it is shown. */
  readonly secrets?: readonly Secret[] | undefined;
  /** What the API wants beyond the token that it got, when it refused the request for that. */
  readonly stepUp?: StepUp | undefined;
}

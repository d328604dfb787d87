import type { Secret } from '../../secret';

/** A cookie that went along with a request. */
export interface SentCookie {
  readonly name: string;
  readonly value: Secret;
}

/** What a `Set-Cookie` header says beside name and value (RFC 6265bis §5.6). */
export interface CookieAttributes {
  /** The host itself where the header names none. */
  readonly domain: string;
  /** Only that host, none below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Milliseconds since the epoch; `undefined`: until the jar is cleared. */
  readonly expiresAt: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
}

/** Why a cookie was not stored. */
export type CookieRefusal =
  | 'unreadable'
  | 'tooLarge'
  | 'otherDomain'
  | 'publicSuffix'
  | 'insecure'
  | 'overwritesSecure'
  | 'prefix'
  | 'sameSiteNone';

/** A cookie of a response, and what became of it. */
export interface ReceivedCookie {
  readonly name: string;
  readonly value: Secret;
  /** `undefined` where the header could not be read. */
  readonly attributes: CookieAttributes | undefined;
  /** `removed`: it had expired already, which is how servers delete one. */
  readonly fate: { readonly kind: 'stored' | 'removed' } | { readonly kind: 'refused'; readonly reason: CookieRefusal };
}

/** The cookies of one request and its response; absent where none are kept. */
export interface HopCookies {
  readonly sent: readonly SentCookie[];
  readonly received: readonly ReceivedCookie[];
}

/** The cookies that one send works with. */
export interface CookieAccess {
  /** Those of earlier windows are there when it resolves, which takes seconds at most; `undefined`: they are. */
  ready(): Promise<void> | undefined;
  /** What goes with a request to a URL, in the order in which it is sent. */
  sentTo(url: URL): readonly SentCookie[];
  /** Takes the cookies of a response from a URL, one answer for each of its `Set-Cookie` headers. */
  receive(url: URL, headers: readonly string[]): Promise<readonly ReceivedCookie[]>;
}

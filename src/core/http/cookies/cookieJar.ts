import { Cookie, cookieCompare, CookieJar as Jar, MemoryCookieStore } from 'tough-cookie';
import { isLoopbackHost } from '../loopback';
import { Secret } from '../../secret';
import type { CookieAttributes, CookieRefusal, ReceivedCookie, SentCookie } from './hopCookies';

/** Characters of name and value together (RFC 6265bis §5.6). */
const LONGEST_PAIR = 4096;
/** Characters of a whole header: the pair and its attributes. */
const LONGEST_LINE = 8192;
/** Cookies that are kept for one domain; browsers keep as many. */
const MOST_OF_DOMAIN = 180;
/** What a `Date` can hold. */
const LAST_DATE = 8.64e15;
/** Cookies that are kept at all. */
const MOST = 3000;

/**
 * Cookies by the rules of RFC 6265bis. There is no site that a request of ours would be foreign to, so `SameSite`
 * keeps nothing back.
 */
export class CookieJar {
  readonly #store = new MemoryCookieStore();
  readonly #jar = new Jar(this.#store, {
    looseMode: true,
    rejectPublicSuffixes: true,
    prefixSecurity: 'strict',
    allowSpecialUseDomain: true,
    allowSecureOnLocal: true,
    enforceSecureOriginOnStorage: false,
  });

  /** Longer paths first (RFC 6265bis §5.8.3). */
  sentTo(url: URL): readonly SentCookie[] {
    return this.#jar
      .getCookiesSync(url.href, { http: true })
      .sort(cookieCompare)
      .map(({ key, value }) => ({ name: key, value: new Secret(value) }));
  }

  receive(url: URL, line: string, now: number): ReceivedCookie {
    const shownName = /^[^=;]{0,100}/.exec(line)?.[0].trim() ?? '';
    const unread = { name: shownName, value: new Secret(''), attributes: undefined };
    if (line.length > LONGEST_LINE) return { ...unread, fate: refused('tooLarge') };
    const cookie = hasControls(line) ? undefined : Cookie.parse(line, { loose: true });
    if (!cookie) return { ...unread, fate: refused('unreadable') };
    const expiresAt = expiryOf(cookie, now);
    const found = {
      name: cookie.key,
      value: new Secret(cookie.value),
      attributes: attributesOf(cookie, url, expiresAt),
    };
    const reason = this.#refusal(cookie, url);
    if (reason) return { ...found, fate: refused(reason) };
    try {
      const stored = this.#jar.setCookieSync(cookie, url.href, { http: true, now: new Date(now) });
      if (stored) this.#evict(stored.cdomain() ?? url.hostname);
    } catch (error) {
      return { ...found, fate: refused(reasonOf(error)) };
    }
    return { ...found, fate: { kind: expiresAt !== undefined && expiresAt <= now ? 'removed' : 'stored' } };
  }

  get size(): number {
    return this.#all().length;
  }

  /** What the library leaves to whoever uses it. */
  #refusal(cookie: Cookie, url: URL): CookieRefusal | undefined {
    const isSecureOrigin = url.protocol === 'https:' || isLoopbackHost(url.hostname);
    if (cookie.key.length + cookie.value.length > LONGEST_PAIR) return 'tooLarge';
    if (cookie.secure && !isSecureOrigin) return 'insecure';
    if (cookie.sameSite === 'none' && !cookie.secure) return 'sameSiteNone';
    if (!cookie.secure && !isSecureOrigin && this.#hidesSecure(cookie, url)) return 'overwritesSecure';
    return undefined;
  }

  /** A page without encryption must not replace what a secure one has set (RFC 6265bis §5.7). */
  #hidesSecure(cookie: Cookie, { hostname }: URL): boolean {
    return this.#all().some(
      (other) =>
        other.secure &&
        other.key === cookie.key &&
        isSameOrBelow(hostname, other.cdomain() ?? '') &&
        reaches(other, cookie),
    );
  }

  /** What has not been used for longest goes. */
  #evict(domain: string): void {
    const all = this.#all();
    this.#remove(all.filter((cookie) => cookie.cdomain() === domain).slice(MOST_OF_DOMAIN));
    this.#remove(all.slice(MOST));
  }

  #remove(cookies: readonly Cookie[]): void {
    for (const { domain, path, key } of cookies) void this.#store.removeCookie(domain ?? '', path ?? '/', key);
  }

  /** Those used last first. */
  #all(): readonly Cookie[] {
    let found: Cookie[] = [];
    this.#store.getAllCookies((error, cookies) => {
      if (!error && cookies) found = cookies;
    });
    return found.sort((a, b) => usedAt(b) - usedAt(a) || b.creationIndex - a.creationIndex);
  }
}

function usedAt({ lastAccessed }: Cookie): number {
  return lastAccessed instanceof Date ? lastAccessed.getTime() : 0;
}

function refused(reason: CookieRefusal): ReceivedCookie['fate'] {
  return { kind: 'refused', reason };
}

/** RFC 6265bis §5.6: a header with one of these is ignored whole. */
function hasControls(line: string): boolean {
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(line);
}

/** The library tells in words only. */
function reasonOf(error: unknown): CookieRefusal {
  const words = error instanceof Error ? error.message : '';
  if (/public suffix|special/i.test(words)) return 'publicSuffix';
  if (/prefix/i.test(words)) return 'prefix';
  return /domain/i.test(words) ? 'otherDomain' : 'unreadable';
}

function expiryOf(cookie: Cookie, now: number): number | undefined {
  const time = cookie.expiryTime(new Date(now));
  if (time === undefined || time === Infinity) return undefined;
  return Number.isFinite(time) ? Math.max(0, Math.min(time, LAST_DATE)) : 0;
}

function attributesOf(cookie: Cookie, url: URL, expiresAt: number | undefined): CookieAttributes {
  const { secure, httpOnly, sameSite, path } = cookie;
  const domain = cookie.cdomain();
  return {
    domain: domain ?? url.hostname,
    hostOnly: domain === undefined,
    path: path?.startsWith('/') === true ? path : defaultPath(url),
    expiresAt,
    secure,
    httpOnly,
    sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : undefined,
  };
}

/** RFC 6265bis §5.1.4. */
function defaultPath({ pathname }: URL): string {
  const end = pathname.lastIndexOf('/');
  return end <= 0 ? '/' : pathname.slice(0, end);
}

function isSameOrBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function reaches(other: Cookie, cookie: Cookie): boolean {
  const path = cookie.path ?? '/';
  const own = other.path ?? '/';
  return path === own || path.startsWith(own.endsWith('/') ? own : `${own}/`);
}

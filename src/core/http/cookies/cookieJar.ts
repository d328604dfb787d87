import { Cookie, cookieCompare, CookieJar as Jar, MemoryCookieStore } from 'tough-cookie';
import { isLoopbackHost } from '../loopback';
import { Secret } from '../../secret';
import type { CookieAttributes, CookieRefusal, ReceivedCookie, SentCookie } from './hopCookies';
import { cookieId, isAlike, type CookieChange, type KeptCookie } from './keptCookie';

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
/** Characters of all together: a jar is one entry of the secret store. */
const MOST_CHARACTERS = 200_000;
/** Characters that a stored cookie takes beside its texts. */
const FRAME = 200;

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
  /** As they were told last. */
  readonly #known = new Map<string, KeptCookie>();
  #changes = new Map<string, CookieChange>();

  /** @param cookies what it begins with, the oldest first; of too many, those used last are kept. */
  constructor(cookies: readonly KeptCookie[] = []) {
    for (const cookie of cookies.toSorted((a, b) => a.createdAt - b.createdAt)) {
      void this.#store.putCookie(restored(cookie));
      this.#known.set(cookieId(cookie), cookie);
    }
    for (const domain of new Set(cookies.map((cookie) => cookie.domain))) this.#evict(domain);
    this.#changes.clear();
  }

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
    // The library counts `Max-Age` from when a cookie was last sent, which would put off its end for ever.
    if (expiresAt !== undefined) cookie.expires = new Date(expiresAt);
    cookie.maxAge = null;
    const isOver = expiresAt !== undefined && expiresAt <= now;
    try {
      this.#set(cookie, url, now, isOver);
    } catch (error) {
      return { ...found, fate: refused(reasonOf(error)) };
    }
    return { ...found, fate: { kind: isOver ? 'removed' : 'stored' } };
  }

  get size(): number {
    return this.#all().length;
  }

  /** What is in it and has not expired, the oldest first. */
  kept(now: number): readonly KeptCookie[] {
    const oldestFirst = this.#all().toSorted(
      (a, b) => createdAt(a) - createdAt(b) || a.creationIndex - b.creationIndex,
    );
    return oldestFirst.map(keptCookie).filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
  }

  /** What has changed since this was asked last, but for what makes no difference. */
  takeChanges(): readonly CookieChange[] {
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    return changes;
  }

  #set(cookie: Cookie, url: URL, now: number, isOver: boolean): void {
    const stored = this.#jar.setCookieSync(cookie, url.href, { http: true, now: new Date(now) });
    if (!stored) return;
    const kept = keptCookie(stored);
    const id = cookieId(kept);
    const known = this.#known.get(id);
    if (isOver) this.#remove([stored]);
    else if (!known || !isAlike(known, kept)) {
      this.#known.set(id, kept);
      this.#changes.set(id, { id, cookie: kept });
    }
    this.#evict(kept.domain);
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
    this.#remove(
      this.#all()
        .filter((cookie) => cookie.cdomain() === domain)
        .slice(MOST_OF_DOMAIN),
    );
    let characters = 0;
    this.#remove(
      this.#all().filter((cookie, index) => {
        characters += charactersOf(cookie);
        return index >= MOST || characters > MOST_CHARACTERS;
      }),
    );
  }

  #remove(cookies: readonly Cookie[]): void {
    for (const cookie of cookies) {
      const { domain, path, name } = keptCookie(cookie);
      const id = cookieId({ domain, path, name });
      void this.#store.removeCookie(domain, path, name);
      if (this.#known.delete(id) || this.#changes.has(id)) this.#changes.set(id, { id, cookie: undefined });
    }
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
  return timeOf(lastAccessed) ?? 0;
}

function createdAt({ creation }: Cookie): number {
  return timeOf(creation) ?? 0;
}

function timeOf(date: Cookie['lastAccessed']): number | undefined {
  return date instanceof Date && Number.isFinite(date.getTime()) ? date.getTime() : undefined;
}

function charactersOf({ key, value, domain, path }: Cookie): number {
  return key.length + value.length + (domain?.length ?? 0) + (path?.length ?? 0) + FRAME;
}

function keptCookie(cookie: Cookie): KeptCookie {
  const { key, value, domain, path, secure, httpOnly, expires } = cookie;
  return {
    ...{ name: key, value, domain: domain ?? '', path: path ?? '/', secure, httpOnly },
    hostOnly: cookie.hostOnly === true,
    sameSite: sameSiteOf(cookie),
    expiresAt: expires === 'Infinity' ? undefined : timeOf(expires),
    createdAt: createdAt(cookie),
    usedAt: usedAt(cookie),
  };
}

function restored({ name, value, domain, path, secure, httpOnly, ...cookie }: KeptCookie): Cookie {
  const { hostOnly, sameSite, expiresAt, createdAt: created, usedAt: used } = cookie;
  return new Cookie({
    ...{ key: name, value, domain, path, secure, httpOnly, hostOnly, sameSite },
    expires: expiresAt === undefined ? 'Infinity' : new Date(expiresAt),
    creation: new Date(created),
    lastAccessed: new Date(used),
  });
}

function sameSiteOf({ sameSite }: Cookie): KeptCookie['sameSite'] {
  return sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : undefined;
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
  const { secure, httpOnly, path } = cookie;
  const domain = cookie.cdomain();
  return {
    domain: domain ?? url.hostname,
    hostOnly: domain === undefined,
    path: path?.startsWith('/') === true ? path : defaultPath(url),
    expiresAt,
    secure,
    httpOnly,
    sameSite: sameSiteOf(cookie),
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

/** A cookie as a jar holds it. Its value is in the clear: it goes into the secret store and to its server only. */
export interface KeptCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
  /** Milliseconds since the epoch; `undefined`: it has no end. */
  readonly expiresAt: number | undefined;
  readonly createdAt: number;
  readonly usedAt: number;
}

/** A cookie that has become another one, or is gone. */
export interface CookieChange {
  readonly id: string;
  readonly cookie: KeptCookie | undefined;
}

/** What makes two cookies the same one (RFC 6265bis §5.7). None of it can hold a line end. */
export function cookieId({ domain, path, name }: Pick<KeptCookie, 'domain' | 'path' | 'name'>): string {
  return [domain, path, name].join('\n');
}

/** Whether a cookie that was set anew differs in nothing that somebody could miss. */
export function isAlike(old: KeptCookie, now: KeptCookie): boolean {
  return (
    old.value === now.value &&
    old.hostOnly === now.hostOnly &&
    old.secure === now.secure &&
    old.httpOnly === now.httpOnly &&
    old.sameSite === now.sameSite &&
    (old.expiresAt === now.expiresAt || isLittleLater(old.expiresAt, now))
  );
}

const MINUTE = 60_000;

/** Servers put the end off with each response: by less than a minute, while it is far, that is not worth keeping. */
function isLittleLater(old: number | undefined, { expiresAt, usedAt }: KeptCookie): boolean {
  if (old === undefined || expiresAt === undefined) return false;
  return expiresAt > old && expiresAt - old < MINUTE && old - usedAt > 10 * MINUTE;
}

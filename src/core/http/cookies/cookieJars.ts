import type { Clock } from '../../ports';
import type { CookieJar } from './cookieJar';
import type { CookieAccess, ReceivedCookie, SentCookie } from './hopCookies';

/**
 * The cookies of this window, in its memory: a jar for each project and environment. What keeps them is loaded by the
 * first cookie that a server sets.
 */
export class CookieJars {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #jars = new Map<string, LazyJar>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The jar of a scope; what a scope is, only the caller knows. */
  of(scope: string): CookieAccess {
    const known = this.#jars.get(scope);
    if (known) return known;
    const jar = new LazyJar(this.#clock);
    this.#jars.set(scope, jar);
    return jar;
  }

  /** Forgets the cookies of a scope, or all there are. Tells how many those were. */
  clear(scope?: string): number {
    const scopes = scope === undefined ? [...this.#jars.keys()] : [scope];
    const count = scopes.reduce((sum, each) => sum + (this.#jars.get(each)?.size ?? 0), 0);
    for (const each of scopes) this.#jars.delete(each);
    return count;
  }

  /** New jars with nothing in them, for a run that starts empty. */
  fresh(): CookieJars {
    return new CookieJars(this.#clock);
  }

  /** Takes over the jars that a run has filled. */
  adopt(other: CookieJars): void {
    for (const [scope, jar] of other.#jars) if (jar.size > 0) this.#jars.set(scope, jar);
  }
}

class LazyJar implements CookieAccess {
  readonly #clock: Pick<Clock, 'now'>;
  #jar: CookieJar | undefined;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#jar?.size ?? 0;
  }

  sentTo(url: URL): readonly SentCookie[] {
    return this.#jar?.sentTo(url) ?? [];
  }

  async receive(url: URL, headers: readonly string[]): Promise<readonly ReceivedCookie[]> {
    if (headers.length === 0) return [];
    if (!this.#jar) {
      const { CookieJar: Jar } = await import('./cookieJar');
      // Another response may have been first.
      this.#jar ??= new Jar();
    }
    const jar = this.#jar;
    const now = this.#clock.now();
    return headers.map((line) => jar.receive(url, line, now));
  }
}

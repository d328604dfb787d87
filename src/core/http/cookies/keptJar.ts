import { isAbort } from '../../errors';
import type { Clock, Log } from '../../ports';
import type { CookieJar } from './cookieJar';
import { storeFailed, type CookieStorage } from './cookieStorage';
import type { CookieAccess, ReceivedCookie, SentCookie } from './hopCookies';
import { cookiesIn, EMPTY_JAR, isBehind, latestStamp, merged, type CookieMark, type JarContent } from './jarContent';
import { cookieId } from './keptCookie';

export interface KeptJarDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: the jar lives in memory only. */
  readonly storage?: CookieStorage | undefined;
}

/** Milliseconds that a send waits at most for what is stored: a keyring may ask the user to unlock it. */
const LONGEST_READ = 2000;
/** Milliseconds without another change, after which changes are written, and how long one waits at most. */
const QUIET = 250;
const LONGEST_WAIT = 2000;
/** Milliseconds for which other windows are held to what was written here: one may have written at the same time. */
const INSISTED = 10_000;
/** Changes that are remembered; more than a jar has cookies. */
const MOST_MARKS = 5000;
/** Milliseconds after which an entry without cookies is removed: until then it tells other windows that they are gone. */
const LINGER = 5000;

/**
 * The cookies of one project and environment, in memory and in the secret store, where other windows have their part
 * in them. What keeps cookies is loaded by the first one.
 */
export class KeptJar implements CookieAccess {
  readonly #deps: KeptJarDeps;
  readonly #scope: string;
  readonly #end = new AbortController();
  #jar: CookieJar | undefined;
  /** As it was read or written last. */
  #stored: JarContent = EMPTY_JAR;
  /** What was done in this window of late. */
  #own: { clearedAt: number; readonly marks: Map<string, CookieMark> } = { clearedAt: 0, marks: new Map() };
  #stamp = 0;
  #writtenUpTo = 0;
  #reading: Promise<void> | undefined;
  #isRead = false;
  #isForeign = false;
  #writeAt: { readonly first: number; readonly wait: AbortController } | undefined;
  /** One thing at a time. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Where it is stored, once that is known. */
  key: string | undefined;

  constructor(scope: string, deps: KeptJarDeps) {
    this.#scope = scope;
    this.#deps = deps;
  }

  get size(): number {
    return this.#jar?.kept(this.#deps.clock.now()).length ?? 0;
  }

  ready(): Promise<void> | undefined {
    if (this.#isRead || !this.#deps.storage) return undefined;
    return (this.#reading ??= this.#read());
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
    const now = this.#deps.clock.now();
    const received = headers.map((line) => jar.receive(url, line, now));
    const changes = jar.takeChanges();
    for (const { id, cookie } of changes) this.#mark(id, cookie);
    if (changes.length > 0) this.#writeLater();
    return received;
  }

  /**
   * Forgets the cookies, here, where they are stored and in every other window. Tells how many those were.
   * @throws LatchkeyError `oauth.secretStoreFailed`, when they are forgotten in this window only.
   */
  async clear(): Promise<number> {
    await this.ready();
    const count = this.size;
    this.#forget();
    const { storage } = this.#deps;
    try {
      await this.#inTurn(async (key) => {
        if (storage?.isUnreadable(key) === true) await storage.remove(key);
        await this.#sync(key);
      });
    } catch (cause) {
      throw storeFailed('remove the cookies', cause);
    }
    return count;
  }

  /** Holds what a run has left instead of what it held before. */
  replaceWith(other: KeptJar): void {
    this.#forget();
    this.#jar = other.#jar;
    const { clock } = this.#deps;
    for (const cookie of other.#jar?.kept(clock.now()) ?? []) this.#mark(cookieId(cookie), cookie);
    this.#writeLater();
  }

  /** Reads again what another window may have changed. */
  async refresh(): Promise<void> {
    await this.#quietly(async (key) => {
      await this.#take(key);
      if (isBehind(this.#stored, this.#own)) this.#writeLater();
    });
  }

  /** Writes what waits to be written, and removes an entry that holds nothing. */
  async flush(): Promise<void> {
    if (!this.#writeAt && !this.#isEmptied) return;
    await this.#quietly(async (key) => {
      await this.#sync(key);
      await this.#removeEmptied(key);
    });
  }

  dispose(): void {
    this.#end.abort();
    this.#writeAt?.wait.abort();
  }

  async #read(): Promise<void> {
    const limit = new AbortController();
    const given = this.#deps.clock.delay(LONGEST_READ, limit.signal).catch(() => undefined);
    await Promise.race([this.refresh(), given]);
    limit.abort();
    this.#isRead = true;
  }

  /** What is stored, with what was done here, is what the jar holds. */
  async #take(key: string): Promise<void> {
    const content = await this.#deps.storage?.read(key);
    this.#isForeign = content === undefined;
    if (content === undefined || content === this.#stored) return;
    const { CookieJar: Jar } = this.#jar || cookiesIn(content).length > 0 ? await import('./cookieJar') : {};
    this.#stored = content;
    this.#settle(content);
    const whole = merged(content, this.#own);
    this.#stamp = Math.max(this.#stamp, latestStamp(whole));
    if (Jar) this.#jar = new Jar(cookiesIn(whole));
  }

  async #sync(key: string): Promise<void> {
    this.#writeAt?.wait.abort();
    this.#writeAt = undefined;
    await this.#take(key);
    const { storage } = this.#deps;
    if (!storage || this.#isForeign || !isBehind(this.#stored, this.#own)) return;
    const content = this.#whole();
    const stamp = this.#stamp;
    await storage.write(key, this.#scope, content);
    this.#stored = content;
    this.#writtenUpTo = stamp;
    if (this.#isEmptied) this.#removeLater();
  }

  /** What the jar holds, as it is stored. */
  #whole(): JarContent {
    const { clearedAt, marks } = merged(this.#stored, this.#own);
    const removed = [...marks].filter(([, { cookie }]) => cookie === undefined);
    const kept = (this.#jar?.kept(this.#deps.clock.now()) ?? []).map((cookie) => {
      const id = cookieId(cookie);
      return [id, { stamp: marks.get(id)?.stamp ?? this.#stamp, cookie }] as const;
    });
    return { clearedAt, marks: new Map<string, CookieMark>([...removed, ...kept]) };
  }

  /** What others have said since counts, and so it does when their words are no longer stored. */
  #settle({ clearedAt, marks }: JarContent): void {
    const own = this.#own;
    const before = this.#deps.clock.now() - INSISTED;
    const settled = Math.min(this.#writtenUpTo, before);
    own.clearedAt = Math.max(own.clearedAt, clearedAt);
    if (own.clearedAt < before) own.clearedAt = 0;
    for (const [id, { stamp }] of own.marks)
      if (stamp <= clearedAt || stamp <= settled || (marks.get(id)?.stamp ?? 0) > stamp) own.marks.delete(id);
  }

  #forget(): void {
    this.#jar = undefined;
    this.#own = { clearedAt: this.#nextStamp(), marks: new Map() };
  }

  #mark(id: string, cookie: CookieMark['cookie']): void {
    if (!this.#deps.storage) return;
    const { marks } = this.#own;
    marks.delete(id);
    marks.set(id, { stamp: this.#nextStamp(), cookie });
    const [oldest] = marks.keys();
    if (oldest !== undefined && marks.size > MOST_MARKS) marks.delete(oldest);
  }

  /** Later than everything that was seen, whatever other windows' clocks say. */
  #nextStamp(): number {
    return (this.#stamp = Math.max(this.#deps.clock.now(), this.#stamp + 1));
  }

  #writeLater(): void {
    const { clock, storage } = this.#deps;
    if (!storage || this.#end.signal.aborted) return;
    const now = clock.now();
    const first = this.#writeAt?.first ?? now;
    this.#writeAt?.wait.abort();
    const wait = new AbortController();
    this.#writeAt = { first, wait };
    const delay = Math.max(0, Math.min(QUIET, first + LONGEST_WAIT - now));
    this.#after(delay, wait.signal, (key) => this.#sync(key));
  }

  /** The entry holds nothing that is not known to be gone. */
  get #isEmptied(): boolean {
    return this.#stored !== EMPTY_JAR && cookiesIn(this.#stored).length === 0;
  }

  #removeLater(): void {
    this.#after(LINGER, this.#end.signal, (key) => this.#removeEmptied(key));
  }

  async #removeEmptied(key: string): Promise<void> {
    await this.#take(key);
    if (!this.#isEmptied || this.#isForeign) return;
    await this.#deps.storage?.remove(key);
    this.#stored = EMPTY_JAR;
  }

  #after(milliseconds: number, signal: AbortSignal, task: (key: string) => Promise<void>): void {
    void this.#deps.clock.delay(milliseconds, signal).then(
      () => this.#quietly(task),
      () => undefined,
    );
  }

  /** What goes wrong with the store is no reason to stop a send. */
  async #quietly(task: (key: string) => Promise<void>): Promise<void> {
    try {
      await this.#inTurn(task);
    } catch (error) {
      if (!isAbort(error)) this.#deps.log.warn(`Cookies could not be kept in the secret storage: ${String(error)}`);
    }
  }

  #inTurn(task: (key: string) => Promise<void>): Promise<void> {
    const { storage } = this.#deps;
    if (!storage) return Promise.resolve();
    const turn = this.#queue.then(async () => {
      this.key ??= await storage.keyOf(this.#scope);
      await task(this.key);
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

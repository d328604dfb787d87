import type { Disposable } from '../../disposable';
import type { CookieAccess } from './hopCookies';
import { KeptJar, type KeptJarDeps } from './keptJar';

/** A jar, without what is in it. */
export interface ListedJar {
  readonly scope: string;
  readonly count: number;
  /** A request of this window took part in it. */
  readonly isUsed: boolean;
}

/** The cookies of this window: a jar for each project and environment, which other windows may share. */
export class CookieJars implements Disposable {
  readonly #deps: KeptJarDeps;
  readonly #jars = new Map<string, KeptJar>();
  readonly #used = new Set<string>();
  readonly #subscription: Disposable | undefined;

  constructor(deps: KeptJarDeps) {
    this.#deps = deps;
    this.#subscription = deps.storage?.onDidChange((key) => {
      for (const jar of this.#jars.values()) if (jar.key === key) void jar.refresh();
    });
  }

  /** The jar of a scope; what a scope is, only the caller knows. */
  of(scope: string): CookieAccess {
    this.#used.add(scope);
    return this.#jarOf(scope);
  }

  #jarOf(scope: string): KeptJar {
    const known = this.#jars.get(scope);
    if (known) return known;
    const jar = new KeptJar(scope, this.#deps);
    this.#jars.set(scope, jar);
    return jar;
  }

  /**
   * Every jar with cookies in it, those included that this window has not used.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async list(): Promise<readonly ListedJar[]> {
    const stored = (await this.#deps.storage?.scopes()) ?? new Map<string, string | undefined>();
    const scopes = new Set([...this.#jars.keys(), ...[...stored.values()].filter((scope) => scope !== undefined)]);
    const jars = await Promise.all(
      [...scopes].map(async (scope) => {
        const jar = this.#jarOf(scope);
        await jar.ready();
        return { scope, count: jar.size, isUsed: this.#used.has(scope) };
      }),
    );
    return jars.filter(({ count }) => count > 0);
  }

  /**
   * Forgets the cookies of some scopes, here, where they are stored and in every other window. Tells how many those
   * were.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async clear(scopes: readonly string[]): Promise<number> {
    const counts = await Promise.all(scopes.map((scope) => this.#jarOf(scope).clear()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Removes what is stored and cannot be read.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async clearUnreadable(): Promise<void> {
    await this.#deps.storage?.removeUnreadable();
  }

  /** New jars with nothing in them, which nobody keeps, for a run that starts empty. */
  fresh(): CookieJars {
    const { clock, log } = this.#deps;
    return new CookieJars({ clock, log });
  }

  /** Takes over the jars that a run has filled. */
  adopt(other: CookieJars): void {
    for (const [scope, jar] of other.#jars) if (jar.size > 0) this.#jarOf(scope).replaceWith(jar);
  }

  /** Resolves when all that is to be kept is stored, or could not be. */
  async flush(): Promise<void> {
    await Promise.all([...this.#jars.values()].map((jar) => jar.flush()));
  }

  dispose(): void {
    this.#subscription?.dispose();
    for (const jar of this.#jars.values()) jar.dispose();
  }
}

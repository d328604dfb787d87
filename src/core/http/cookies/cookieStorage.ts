import { LatchkeyError } from '../../errors';
import type { Disposable } from '../../disposable';
import { sha256 } from '../../oauth/digest';
import type { Clock, Log, SecretStore } from '../../ports';
import { EMPTY_JAR, type JarContent } from './jarContent';
import { decodeJar, encodeJar } from './jarText';

const prefix = 'latchkey.cookies.';

/** Jars that are kept; of more, those written longest ago go. */
const MOST_JARS = 50;

/** Where jars survive the window: one entry of the secret store each, since their values are secrets. */
export class CookieStorage {
  readonly #secrets: SecretStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Log;
  /** By key: what was read or written last, so that nothing is read twice. */
  readonly #known = new Map<string, { readonly text: string; readonly content: JarContent }>();
  /** Keys of entries that were told to be unreadable. */
  readonly #told = new Set<string>();
  #isPruned = false;

  constructor(secrets: SecretStore, clock: Pick<Clock, 'now'>, log: Log) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
  }

  /** Calls the listener with the key of a jar that was written or removed, in this window or another. */
  onDidChange(listener: (key: string) => void): Disposable {
    return this.#secrets.onDidChange((key) => {
      if (key.startsWith(prefix)) listener(key);
    });
  }

  /** The scope is hashed because it names the user's folders. */
  async keyOf(scope: string): Promise<string> {
    return prefix + (await sha256(scope));
  }

  /**
   * What is stored, the same object as long as it is the same; nothing where the entry is broken. `undefined`: it is
   * that of a later version, and is to be left alone.
   * @throws what the secret store says.
   */
  async read(key: string): Promise<JarContent | undefined> {
    const text = await this.#secrets.get(key);
    if (text === undefined) {
      this.#known.delete(key);
      return EMPTY_JAR;
    }
    const known = this.#known.get(key);
    if (known?.text === text) return known.content;
    const entry = decodeJar(text);
    if (typeof entry === 'string') this.#tell(key, entry);
    if (entry === 'newer') return undefined;
    const content = entry === 'broken' ? EMPTY_JAR : entry.content;
    this.#known.set(key, { text, content });
    return content;
  }

  /** Whether what was read last was broken, or that of a later version. */
  isUnreadable(key: string): boolean {
    return this.#told.has(key);
  }

  /** @throws what the secret store says. */
  async write(key: string, scope: string, content: JarContent): Promise<void> {
    const text = encodeJar({ scope, savedAt: this.#clock.now(), content });
    await this.#secrets.set(key, text);
    this.#known.set(key, { text, content });
    this.#told.delete(key);
    if (this.#isPruned) return;
    this.#isPruned = true;
    await this.#prune();
  }

  /** @throws what the secret store says. */
  async remove(key: string): Promise<void> {
    await this.#secrets.delete(key);
    this.#known.delete(key);
    this.#told.delete(key);
  }

  /**
   * The scopes of all jars that are stored, by key; `undefined` where an entry cannot be read.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async scopes(): Promise<ReadonlyMap<string, string | undefined>> {
    try {
      return new Map((await this.#entries()).map(({ key, scope }) => [key, scope]));
    } catch (cause) {
      throw storeFailed('list the cookies', cause);
    }
  }

  /**
   * Removes all entries that cannot be read.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async removeUnreadable(): Promise<void> {
    for (const [key, scope] of await this.scopes()) {
      if (scope !== undefined) continue;
      await this.remove(key).catch((cause: unknown) => {
        throw storeFailed('remove the cookies', cause);
      });
    }
  }

  async #prune(): Promise<void> {
    const keys = await this.#keys();
    if (keys.length <= MOST_JARS) return;
    const oldestFirst = (await this.#entries()).sort((a, b) => a.savedAt - b.savedAt);
    for (const { key } of oldestFirst.slice(0, -MOST_JARS)) await this.remove(key);
  }

  async #keys(): Promise<readonly string[]> {
    return (await this.#secrets.keys()).filter((key) => key.startsWith(prefix));
  }

  async #entries(): Promise<{ key: string; scope: string | undefined; savedAt: number }[]> {
    return Promise.all(
      (await this.#keys()).map(async (key) => {
        const entry = decodeJar((await this.#secrets.get(key)) ?? '');
        return typeof entry === 'string' ? { key, scope: undefined, savedAt: 0 } : { key, ...entry };
      }),
    );
  }

  #tell(key: string, fault: 'newer' | 'broken'): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#log.warn(
      fault === 'newer'
        ? `The cookies in ${key} were stored by a later version of Latchkey: they are left alone, and this window stores none there`
        : `The stored cookies in ${key} cannot be read: they are passed over, and replaced with the next cookie`,
    );
  }
}

/** An error to show: the secret store does not do what it is asked for. */
export function storeFailed(action: string, cause: unknown): LatchkeyError {
  const reason = cause instanceof Error ? cause.message : 'unknown reason';
  return new LatchkeyError('oauth.secretStoreFailed', { action, reason }, { cause });
}

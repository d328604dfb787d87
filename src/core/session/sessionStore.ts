import type { Disposable } from '../disposable';
import { LatchkeyError } from '../errors';
import type { Log, SecretStore } from '../ports';
import type { SessionRecord } from './sessionRecord';
import { decodeRecord, encodeRecord } from './sessionRecordJson';

const prefix = 'latchkey.session.';

/** Whether a key of the secret store is that of a session. */
export function isSessionKey(key: string): boolean {
  return key.startsWith(prefix);
}

/**
 * Sessions in the secret store, one secret each, so that no two windows write the same one for different accounts.
 * A record that could not be written after its refresh token was rotated is kept in memory and written again at the
 * next occasion: the old one in the store is worthless by then.
 *
 * What was read is remembered until the store reports a change of it, so that a token that is good costs no read.
 */
export class SessionStore implements Disposable {
  readonly #secrets: SecretStore;
  readonly #log: Log;
  readonly #unwritten = new Map<string, SessionRecord>();
  readonly #known = new Map<string, SessionRecord>();
  readonly #subscription: Disposable;
  /** Goes up with every change, so that what was read before one is not remembered after it. */
  #changes = 0;

  constructor(secrets: SecretStore, log: Log) {
    this.#secrets = secrets;
    this.#log = log;
    this.#subscription = this.onDidChange((id) => this.#forget(id));
  }

  /** Calls the listener with the id of a session that was written or removed, in this window or another. */
  onDidChange(listener: (id: string) => void): Disposable {
    return this.#secrets.onDidChange((key) => {
      if (isSessionKey(key)) listener(key.slice(prefix.length));
    });
  }

  /**
   * The session as it was read last, if nothing has changed it since as far as this window has heard. Good enough for
   * an access token, which an API refuses when it is worthless; for a refresh token, {@link load} it again.
   */
  known(id: string): SessionRecord | undefined {
    return this.#unwritten.has(id) ? undefined : this.#known.get(id);
  }

  /**
   * The session as it is now, or `undefined` when it is gone or cannot be read.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async load(id: string): Promise<SessionRecord | undefined> {
    const changes = this.#changes;
    const text = await this.#try('read', () => this.#secrets.get(prefix + id));
    if (text === undefined) {
      this.#unwritten.delete(id);
      this.#known.delete(id);
      return undefined;
    }
    const record = decodeRecord(text);
    if (record && changes === this.#changes) this.#known.set(id, record);
    if (!record) this.#log.warn(`The stored session ${id} cannot be read; it is left alone`);
    const unwritten = this.#unwritten.get(id);
    return unwritten && unwritten.generation > (record?.generation ?? 0) ? unwritten : record;
  }

  /**
   * All sessions that can be read.
   * @throws LatchkeyError `oauth.secretStoreFailed` when the store cannot be listed.
   */
  async loadAll(): Promise<readonly SessionRecord[]> {
    const keys = await this.#try('list', () => this.#secrets.keys());
    const ids = keys.filter(isSessionKey).map((key) => key.slice(prefix.length));
    for (const id of this.#known.keys()) if (!ids.includes(id)) this.#forget(id);
    const records = await Promise.all(ids.map((id) => this.#loadQuietly(id)));
    return records.filter((record) => record !== undefined);
  }

  /**
   * Writes the session.
   * @throws LatchkeyError `oauth.secretStoreFailed`; the record then lives on in memory if `keep` is set.
   */
  async save(record: SessionRecord, { keep }: { readonly keep: boolean }): Promise<void> {
    if (keep) this.#unwritten.set(record.id, record);
    this.#forget(record.id);
    await this.#try('save', () => this.#secrets.set(prefix + record.id, encodeRecord(record)));
    this.#forget(record.id);
    if (this.#unwritten.get(record.id) === record) this.#unwritten.delete(record.id);
  }

  /** Whether the session is in memory only, because writing it failed. */
  isUnwritten(record: SessionRecord): boolean {
    return this.#unwritten.get(record.id) === record;
  }

  /** @throws LatchkeyError `oauth.secretStoreFailed`. */
  async remove(id: string): Promise<void> {
    await this.#try('remove', () => this.#secrets.delete(prefix + id));
    this.#unwritten.delete(id);
    this.#forget(id);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #forget(id: string): void {
    this.#changes++;
    this.#known.delete(id);
  }

  async #loadQuietly(id: string): Promise<SessionRecord | undefined> {
    try {
      return await this.load(id);
    } catch (error) {
      this.#log.error(`The stored session ${id} cannot be read now`, error);
      return undefined;
    }
  }

  async #try<T>(action: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      throw new LatchkeyError('oauth.secretStoreFailed', { action: `${action} a session`, reason }, { cause: error });
    }
  }
}

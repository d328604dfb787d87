import type { Disposable } from '../disposable';
import { Emitter, type Event } from '../emitter';
import type { Session, SessionChange } from '../oauth/model';
import type { Log } from '../ports';
import { sessionOf } from './sessionRecord';
import type { SessionStore } from './sessionStore';

/**
 * Which sessions there are, without their secrets, kept up to date with the store and reported once per change,
 * whichever window made it.
 */
export class SessionCatalog implements Disposable {
  readonly #store: SessionStore;
  readonly #log: Log;
  readonly #changes = new Emitter<SessionChange>();
  readonly #subscription: Disposable;
  #sessions: ReadonlyMap<string, Session> | undefined;
  #loading: Promise<ReadonlyMap<string, Session>> | undefined;

  readonly onDidChange: Event<SessionChange> = this.#changes.event;

  constructor(store: SessionStore, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#subscription = store.onDidChange((id) => void this.#follow(id));
  }

  /** Never rejects: a store that cannot be read now has no sessions now, and is asked again next time. */
  async list(): Promise<readonly Session[]> {
    try {
      return await this.listOrFail();
    } catch (error) {
      this.#log.error('The stored sessions cannot be listed', error);
      return [];
    }
  }

  /**
   * As {@link list}, for those who would take no session for nobody being signed in.
   * @throws LatchkeyError `oauth.secretStoreFailed` when the store cannot be read now.
   */
  async listOrFail(): Promise<readonly Session[]> {
    return [...(await this.#loaded()).values()];
  }

  /** Reads everything again and reports the difference. A store that fails changes nothing: nobody is signed out. */
  async reload(): Promise<void> {
    try {
      const known = this.#sessions !== undefined;
      const sessions = await this.#readAll();
      if (known) this.#replace(sessions);
      else this.#sessions ??= sessions;
    } catch (error) {
      this.#log.error('The stored sessions cannot be listed', error);
    }
  }

  /** Takes over one session as it is now; `undefined` when it is gone. */
  async put(id: string, session: Session | undefined): Promise<void> {
    await this.#loaded().catch(() => undefined);
    // The others stay unknown while the store cannot be listed; what is known about this one is reported.
    if (!this.#sessions) {
      if (session) this.#changes.fire({ added: [session], removed: [], changed: [] });
      return;
    }
    const sessions = new Map(this.#sessions);
    if (session) sessions.set(id, session);
    else sessions.delete(id);
    this.#replace(sessions);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  /** The store's event says only that something happened, also to the window that did it. */
  async #follow(id: string): Promise<void> {
    try {
      if (!this.#sessions) return;
      const record = await this.#store.load(id);
      await this.put(id, record && sessionOf(record));
    } catch (error) {
      this.#log.error('A changed session cannot be read now', error);
    }
  }

  async #loaded(): Promise<ReadonlyMap<string, Session>> {
    if (this.#sessions) return this.#sessions;
    this.#loading ??= this.#readAll();
    try {
      const sessions = await this.#loading;
      return (this.#sessions ??= sessions);
    } finally {
      this.#loading = undefined;
    }
  }

  async #readAll(): Promise<ReadonlyMap<string, Session>> {
    return new Map((await this.#store.loadAll()).map((record) => [record.id, sessionOf(record)]));
  }

  #replace(sessions: ReadonlyMap<string, Session>): void {
    const before: ReadonlyMap<string, Session> = this.#sessions ?? new Map<string, Session>();
    this.#sessions = sessions;
    const change = difference(before, sessions);
    if (change.added.length + change.removed.length + change.changed.length > 0) this.#changes.fire(change);
  }
}

function difference(before: ReadonlyMap<string, Session>, after: ReadonlyMap<string, Session>): SessionChange {
  const now = [...after.values()];
  return {
    added: now.filter(({ id }) => !before.has(id)),
    removed: [...before.values()].filter(({ id }) => !after.has(id)),
    changed: now.filter((session) => {
      const old = before.get(session.id);
      return old !== undefined && JSON.stringify(old) !== JSON.stringify(session);
    }),
  };
}

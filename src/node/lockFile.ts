import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { abortError } from '../core/errors';
import { createExclusively, errorCode } from './exclusiveFile';

/** Milliseconds. */
export interface FileLockTimes {
  /** A holder renews its lock file all the while, so one that stays as it is belongs to nobody. */
  readonly renewEvery: number;
  /**
   * How long a waiting process sees the file unchanged before it believes that. It counts its own waits and not the
   * clock: a machine that slept wakes up with an old file and a holder that goes on.
   */
  readonly staleAfter: number;
  /** The same for a file without a holder's name: that takes a moment to write, unless its writer was killed. */
  readonly namelessAfter: number;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** A lock file as a waiting process saw it. */
interface Sight {
  /** Changes whenever the file is made anew or renewed. */
  readonly mark: string;
  /** Milliseconds for which it has been like that. */
  readonly unchanged: number;
}

/** One attempt to hold a lock: a file that only one process can make. */
export class LockFile {
  readonly #path: string;
  readonly #times: FileLockTimes;
  readonly #token = randomUUID();
  #renewal: NodeJS.Timeout | undefined;
  #denied = 0;

  constructor(path: string, times: FileLockTimes) {
    this.#path = path;
    this.#times = times;
  }

  async acquire(signal: AbortSignal | undefined): Promise<void> {
    let sight: Sight = { mark: '', unchanged: 0 };
    while (!(await this.#create())) {
      if (signal?.aborted) throw abortError();
      if (await this.#breakIfStale(sight)) continue;
      // Not in step with the others that wait.
      const pause = 10 + Math.random() * 40;
      await delay(pause, undefined, signal ? { signal } : {});
      const mark = await markOf(this.#path);
      sight = { mark, unchanged: mark === sight.mark ? sight.unchanged + pause : 0 };
    }
    this.#renewal = setInterval(() => {
      const now = new Date();
      utimes(this.#path, now, now).catch(() => undefined);
    }, this.#times.renewEvery);
    this.#renewal.unref();
  }

  /** Removes only what is ours: after a takeover the file belongs to somebody else. */
  async release(): Promise<void> {
    clearInterval(this.#renewal);
    if (await this.#isOurs()) await rm(this.#path, { force: true });
  }

  async #create(): Promise<boolean> {
    const holder: Holder = { pid: process.pid, host: hostname(), token: this.#token };
    try {
      // Whoever is held up between making the file and writing to it may find it taken over as a nameless one.
      return (await createExclusively(this.#path, JSON.stringify(holder))) && (await this.#isOurs());
    } catch (error) {
      // Windows says so while the file is being removed; if it goes on, the folder cannot be written.
      if (!['EPERM', 'EBUSY'].includes(errorCode(error)) || ++this.#denied > 50) throw error;
      return false;
    }
  }

  async #isOurs(): Promise<boolean> {
    return (await readHolder(this.#path))?.token === this.#token;
  }

  /**
   * Takes away a lock that nobody holds any more. Only one process at a time may judge and remove, or the slower of
   * two would remove the new lock of the faster.
   */
  async #breakIfStale(sight: Sight): Promise<boolean> {
    if (!(await this.#isStale(sight))) return false;
    const guard = `${this.#path}.break`;
    if (!(await createExclusively(guard, this.#token))) {
      // The guard is held for milliseconds; an old one was left by a crash in between.
      const age = await ageOf(guard);
      if (age !== undefined && age > this.#times.staleAfter) await rm(guard, { force: true });
      return false;
    }
    try {
      if (!(await this.#isStale(sight))) return false;
      await rm(this.#path, { force: true });
      return true;
    } finally {
      await rm(guard, { force: true });
    }
  }

  async #isStale({ mark, unchanged }: Sight): Promise<boolean> {
    const holder = await readHolder(this.#path);
    if (holder?.host === hostname() && !isRunning(holder.pid)) return true;
    const limit = holder ? this.#times.staleAfter : this.#times.namelessAfter;
    return unchanged > limit && (await markOf(this.#path)) === mark;
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'host' in value &&
    typeof value.host === 'string' &&
    'token' in value &&
    typeof value.token === 'string'
  );
}

/** What changes when a file is made anew or touched; empty when there is none. */
async function markOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}

/** Milliseconds since the file was written or renewed; `undefined` when there is none. */
async function ageOf(path: string): Promise<number | undefined> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return errorCode(error) === 'EPERM';
  }
}

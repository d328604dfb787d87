import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { abortError } from '../core/errors';
import type { Fence, Lock, Log } from '../core/ports';

/** Milliseconds. A holder renews its lock file all the while, so one that grows old belongs to nobody. */
export interface FileLockTimes {
  readonly renewEvery: number;
  readonly staleAfter: number;
}

const defaultTimes: FileLockTimes = { renewEvery: 5_000, staleAfter: 30_000 };

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * A lock across the processes of one machine: a file that only one can create. What a crashed or hung holder leaves
 * behind is taken over. Where no file can be created the lock holds in this process only, which is said in the log.
 */
export class FileLock implements Lock {
  readonly #directory: string;
  readonly #log: Log;
  readonly #times: FileLockTimes;
  /** The end of the queue of this process, by name. */
  readonly #queues = new Map<string, Promise<void>>();

  constructor(directory: string, log: Log, times: FileLockTimes = defaultTimes) {
    this.#directory = directory;
    this.#log = log;
    this.#times = times;
  }

  async withLock<T>(name: string, signal: AbortSignal | undefined, task: (fence?: Fence) => Promise<T>): Promise<T> {
    const leave = await this.#enterQueue(name, signal);
    try {
      return await this.#withFile(join(this.#directory, safeName(name)), signal, task);
    } finally {
      leave();
    }
  }

  async #enterQueue(name: string, signal: AbortSignal | undefined): Promise<() => void> {
    const before = this.#queues.get(name) ?? Promise.resolve();
    let leave: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const end = before.then(() => mine);
    this.#queues.set(name, end);
    void end.then(() => {
      if (this.#queues.get(name) === end) this.#queues.delete(name);
    });
    try {
      await orAborted(before, signal);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #withFile<T>(path: string, signal: AbortSignal | undefined, task: (fence?: Fence) => Promise<T>): Promise<T> {
    const file = new LockFile(`${path}.lock`, this.#times);
    try {
      await mkdir(this.#directory, { recursive: true });
      await file.acquire(signal);
    } catch (error) {
      if (signal?.aborted) throw abortError();
      this.#log.error(
        'No lock file can be created; other windows are not kept from refreshing at the same time',
        error,
      );
      return task();
    }
    try {
      return await task(fileFence(`${path}.fence`, this.#log));
    } finally {
      await file.release();
    }
  }
}

class LockFile {
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
    while (!(await this.#create())) {
      if (signal?.aborted) throw abortError();
      if (await this.#breakIfStale()) continue;
      // Not in step with the others that wait.
      await delay(10 + Math.random() * 40, undefined, signal ? { signal } : {});
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
    if ((await readHolder(this.#path))?.token === this.#token) await rm(this.#path, { force: true });
  }

  async #create(): Promise<boolean> {
    const holder: Holder = { pid: process.pid, host: hostname(), token: this.#token };
    try {
      return await createExclusively(this.#path, JSON.stringify(holder));
    } catch (error) {
      // Windows says so while the file is being removed; if it goes on, the folder cannot be written.
      if (!['EPERM', 'EBUSY'].includes(errorCode(error)) || ++this.#denied > 50) throw error;
      return false;
    }
  }

  /**
   * Takes away a lock that nobody holds any more. Only one process at a time may judge and remove, or the slower of
   * two would remove the new lock of the faster.
   */
  async #breakIfStale(): Promise<boolean> {
    if (!(await this.#isStale())) return false;
    const guard = `${this.#path}.break`;
    if (!(await createExclusively(guard, this.#token))) {
      // The guard is held for milliseconds; an old one was left by a crash in between.
      const age = await ageOf(guard);
      if (age !== undefined && age > this.#times.staleAfter) await rm(guard, { force: true });
      return false;
    }
    try {
      if (!(await this.#isStale())) return false;
      await rm(this.#path, { force: true });
      return true;
    } finally {
      await rm(guard, { force: true });
    }
  }

  async #isStale(): Promise<boolean> {
    const age = await ageOf(this.#path);
    if (age === undefined) return false;
    if (age > this.#times.staleAfter) return true;
    const holder = await readHolder(this.#path);
    return holder?.host === hostname() && !isRunning(holder.pid);
  }
}

/** A number in a file beside the lock. */
function fileFence(path: string, log: Log): Fence {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '');
      const value = Number(text);
      return Number.isSafeInteger(value) && value > 0 ? value : 0;
    },
    async write(value) {
      try {
        if (value === 0) await rm(path, { force: true });
        else await replaceFile(path, String(value));
      } catch (error) {
        // What the fence protects is worth more than the fence: the token is stored all the same.
        log.error('The fence beside a lock cannot be written', error);
      }
    },
  };
}

/** Whole or not at all: a crash in between must not leave half a number. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
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

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function orAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return promise;
  if (signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError());
    signal.addEventListener('abort', onAbort, { once: true });
    void promise.then(resolve).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A lock's name as a file name on every platform. */
function safeName(name: string): string {
  return name.replace(/[^\w-]/g, '_');
}

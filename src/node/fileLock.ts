import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { abortError } from '../core/errors';
import type { Fence, Lock, Log } from '../core/ports';
import { createExclusively } from './exclusiveFile';
import { fileFence } from './fileFence';
import { LockFile, type FileLockTimes } from './lockFile';

const defaultTimes: FileLockTimes = { renewEvery: 5_000, staleAfter: 30_000, namelessAfter: 2_000 };

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
  #place: string | undefined;

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
      this.#place ??= await placeOf(this.#directory);
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
      return await task(fileFence(`${path}.fence`, this.#place, this.#log));
    } finally {
      await file.release();
    }
  }
}

/**
 * A name for the folder, made up by whoever needs it first. Two machines share no folder, but one may be a copy of the
 * other, so the host's name is part of it.
 */
async function placeOf(directory: string): Promise<string> {
  return `${hostname()} ${await idOf(directory)}`;
}

async function idOf(directory: string): Promise<string> {
  const path = join(directory, 'place');
  const made: string = randomUUID();
  if (await createExclusively(path, made)) return made;
  for (let look = 0; look < 20; look++) {
    const place = await readFile(path, 'utf8');
    if (place !== '') return place;
    // Another process is just about to write it.
    await delay(50);
  }
  // Or was killed before it could. Then this process is a place of its own.
  return made;
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

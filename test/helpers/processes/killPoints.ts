import type { Browser, HttpTransport, Lock, SecretStore, WireResponse } from '../../../src/core/ports';

/** The steps at which a process can die, in the order in which a refresh or a sign-in reaches them. */
export type KillStep =
  | `asking ${string}`
  | `answered ${string}`
  | `read ${string}`
  | 'browser opened'
  | 'lock wanted'
  | 'lock held'
  | 'session read'
  | 'before the fence'
  | 'after the fence'
  | 'before storing'
  | 'after storing'
  | 'before releasing'
  | 'released';

/** Kills this process at a step, in the middle of whatever it is doing: nothing is tidied up. */
export class KillPoints {
  readonly #step: string | undefined;
  #holdsLock = false;

  constructor(step: string | undefined) {
    this.#step = step;
  }

  lock(inner: Lock): Lock {
    return {
      withLock: async (name, signal, task) => {
        this.#reach('lock wanted');
        const result = await inner.withLock(name, signal, async (fence) => {
          this.#holdsLock = true;
          this.#reach('lock held');
          const guarded = fence && {
            ...fence,
            write: async (value: number) => {
              this.#reach('before the fence');
              await fence.write(value);
              this.#reach('after the fence');
            },
          };
          const value = await task(guarded);
          this.#reach('before releasing');
          this.#holdsLock = false;
          return value;
        });
        this.#reach('released');
        return result;
      },
    };
  }

  secrets(inner: SecretStore): SecretStore {
    return {
      onDidChange: inner.onDidChange,
      get: async (key) => {
        const value = await inner.get(key);
        if (this.#holdsLock) this.#reach('session read');
        return value;
      },
      set: async (key, value) => {
        this.#reach('before storing');
        await inner.set(key, value);
        this.#reach('after storing');
      },
      delete: (key) => inner.delete(key),
      keys: () => inner.keys(),
    };
  }

  /** Steps are named after the path of the request, such as `asking /token`. */
  transport(inner: HttpTransport): HttpTransport {
    return {
      send: async (request, signal, observer) => {
        const path = typeof request.url === 'string' ? new URL(request.url).pathname : '';
        this.#reach(`asking ${path}`);
        const answer = await inner.send(request, signal, observer);
        this.#reach(`answered ${path}`);
        return { ...answer, body: this.#readBody(answer, path) };
      },
    };
  }

  browser(inner: Browser): Browser {
    return {
      open: async (url) => {
        const opened = await inner.open(url);
        this.#reach('browser opened');
        return opened;
      },
    };
  }

  async *#readBody({ body }: WireResponse, path: string): AsyncIterable<Uint8Array> {
    yield* body;
    this.#reach(`read ${path}`);
  }

  #reach(step: KillStep): void {
    if (step === this.#step) process.kill(process.pid, 'SIGKILL');
  }
}

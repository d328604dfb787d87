import { untilAborted } from '../oauth/deadline';

interface Running<T> {
  readonly result: Promise<T>;
  readonly unwanted: AbortController;
  callers: number;
}

/** Lets callers that want the same thing at the same time share one task, which ends when the last one has gone. */
export class SharedTask<T> {
  readonly #running = new Map<string, Running<T>>();

  /** @throws AbortError when this caller's signal fires; the task goes on for the others. */
  async run(key: string, signal: AbortSignal, task: (wanted: AbortSignal) => Promise<T>): Promise<T> {
    const running = this.#running.get(key) ?? this.#start(key, task);
    running.callers++;
    try {
      return await untilAborted(running.result, signal);
    } finally {
      if (--running.callers === 0) {
        running.unwanted.abort();
        this.#forget(key, running);
      }
    }
  }

  #start(key: string, task: (wanted: AbortSignal) => Promise<T>): Running<T> {
    const unwanted = new AbortController();
    const running: Running<T> = { result: task(unwanted.signal), unwanted, callers: 0 };
    this.#running.set(key, running);
    return running;
  }

  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}

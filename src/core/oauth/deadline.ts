import { abortError } from '../errors';
import type { Clock } from '../ports';

/**
 * Runs a task with a signal that also fires after `milliseconds`.
 * @throws what `onTimeout` makes, when time was up first; else whatever the task throws.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
  onTimeout: () => Error,
): Promise<T> {
  if (signal.aborted) throw abortError();
  const timeout = new AbortController();
  const finished = new AbortController();
  const expiry = clock.delay(milliseconds, finished.signal).then(
    () => {
      timeout.abort();
      throw onTimeout();
    },
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([task(AbortSignal.any([signal, timeout.signal])), expiry]);
  } finally {
    finished.abort();
  }
}

/** Settles as the promise does, or rejects as soon as the signal fires; the promise itself goes on. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(abortError());
  }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError());
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

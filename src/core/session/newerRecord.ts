import type { Clock } from '../ports';
import type { SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';

/** Milliseconds between two looks, for stores whose change event is late or never comes. */
const interval = 250;

/**
 * The session's record as soon as it is `wanted`, at the latest after `patience` milliseconds; then as it is.
 * `undefined` when the session is gone.
 */
export async function newerRecord(
  store: SessionStore,
  clock: Clock,
  id: string,
  wanted: (record: SessionRecord) => boolean,
  patience: number,
): Promise<SessionRecord | undefined> {
  let left = patience;
  for (;;) {
    const record = await store.load(id);
    if (!record || wanted(record) || left <= 0) return record;
    left -= await changeOrDelay(store, clock, id);
  }
}

/** Milliseconds that were waited. A clock that is set meanwhile must neither end the patience nor make it endless. */
async function changeOrDelay(store: SessionStore, clock: Clock, id: string): Promise<number> {
  const began = clock.now();
  const enough = new AbortController();
  const subscription = store.onDidChange((changed) => {
    if (changed === id) enough.abort();
  });
  try {
    await clock.delay(interval, enough.signal);
    return interval;
  } catch {
    return Math.min(Math.max(clock.now() - began, 1), interval);
  } finally {
    subscription.dispose();
  }
}

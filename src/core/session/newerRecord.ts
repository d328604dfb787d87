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
  const deadline = clock.now() + patience;
  for (;;) {
    const record = await store.load(id);
    if (!record || wanted(record) || clock.now() >= deadline) return record;
    await changeOrDelay(store, clock, id);
  }
}

async function changeOrDelay(store: SessionStore, clock: Clock, id: string): Promise<void> {
  const enough = new AbortController();
  const subscription = store.onDidChange((changed) => {
    if (changed === id) enough.abort();
  });
  try {
    await clock.delay(interval, enough.signal).catch(() => undefined);
  } finally {
    subscription.dispose();
  }
}

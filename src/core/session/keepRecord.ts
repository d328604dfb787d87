import type { Fence } from '../ports';
import type { SessionCatalog } from './sessionCatalog';
import { sessionOf, type SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';

/** Where a session's record is kept. */
export interface KeepPorts {
  readonly store: SessionStore;
  readonly catalog: SessionCatalog;
}

/**
 * Stores a session's new tokens before anybody uses them, and tells the next holder of the lock that there is
 * something newer. Resolves with the record as it was stored.
 * @throws LatchkeyError `oauth.secretStoreFailed`; the record then lives on in memory.
 */
export async function keepRecord(
  { store, catalog }: KeepPorts,
  record: SessionRecord,
  fence: Fence | undefined,
): Promise<SessionRecord> {
  const next = { ...record, generation: record.generation + 1 };
  await fence?.write(next.generation);
  await store.save(next, { keep: true });
  await catalog.put(next.id, sessionOf(next));
  return next;
}

import { revokeTokens } from '../oauth/revocation';
import { sessionLockName } from './sessionLockName';
import type { SessionRecord } from './sessionRecord';
import type { SignInPorts } from './signInRequest';

/** Under the session's lock, because another window may be refreshing the tokens that are replaced. */
export async function storeSignedIn(
  { http, log, store, lock }: Pick<SignInPorts, 'http' | 'log' | 'store' | 'lock'>,
  record: SessionRecord,
): Promise<SessionRecord> {
  return lock.withLock(sessionLockName(record.id), undefined, async (fence) => {
    const written = (await fence?.read()) ?? 0;
    const before = await store.load(record.id);
    const next = { ...record, generation: Math.max(written, before?.generation ?? 0) + 1 };
    await fence?.write(next.generation);
    try {
      await store.save(next, { keep: false });
    } catch (error) {
      await fence?.write(written);
      // The tokens of an earlier session may hang on the same grant at the server, so they are revoked only alone.
      if (!before && next.tokens) await revokeTokens(http, log, next, next.tokens, new AbortController().signal);
      throw error;
    }
    return next;
  });
}

import type { ClientGrant } from '../oauth/clientGrant';
import { isAnswerLost } from '../oauth/lostAnswer';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { RefreshRequest, RefreshResult } from '../oauth/refreshGrant';
import type { TokenSet } from '../oauth/tokenSet';
import { withServerClock } from '../oauth/withServerClock';
import type { Log } from '../ports';
import type { DpopProvers } from './dpopProvers';
import type { SessionRecord } from './sessionRecord';

/** What {@link renewedTokens} works with. */
export interface RenewalPorts {
  readonly http: OAuthHttp;
  readonly log: Log;
  /** What the token request of a session without a person says beside its credentials. */
  readonly clientGrant: (record: SessionRecord, signal: AbortSignal) => Promise<ClientGrant | undefined>;
  readonly provers: DpopProvers;
}

/**
 * Asks the server for new tokens: by the refresh token or, where the grant gives out none, by the request that was
 * made then. It is not to be broken off, because the answer may hold the only valid refresh token.
 * @throws LatchkeyError for everything that does not mean that the session has ended.
 */
export function renewedTokens(ports: RenewalPorts, record: SessionRecord, tokens: TokenSet): Promise<RefreshResult> {
  return withServerClock(ports.http, record, () => requestTokens(ports, record, tokens));
}

async function requestTokens(
  { http, log, provers, clientGrant }: RenewalPorts,
  record: SessionRecord,
  { refresh, refreshExpiresAt }: TokenSet,
): Promise<RefreshResult> {
  const { signal } = new AbortController();
  const parameters = record.refreshParameters;
  const prover = provers.of(record);
  if (refresh === undefined) {
    const { requestClientCredentials } = await import('../oauth/clientCredentials');
    const request = { ...record, parameters, prover, clientGrant: await clientGrant(record, signal) };
    return { kind: 'refreshed', tokens: await requestClientCredentials(http, request, signal) };
  }
  const { refreshTokens } = await import('../oauth/refreshGrant');
  const accountLabel = record.account.label;
  const more = { accountLabel, parameters, prover, refreshToken: refresh, refreshExpiresAt };
  const request: RefreshRequest = { ...record, ...more };
  return refreshTokens(http, request, signal).catch((error: unknown) => {
    if (!isAnswerLost(error)) throw error;
    // The server may have replaced the token and its successor be lost. Many take the old one again for a while.
    log.warn('The answer to a refresh was lost on the way; asking once more');
    return refreshTokens(http, request, signal);
  });
}

import { isAnswerLost } from '../oauth/lostAnswer';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { RefreshRequest, RefreshResult } from '../oauth/refreshGrant';
import type { TokenSet } from '../oauth/tokenSet';
import type { Log } from '../ports';
import type { SessionRecord } from './sessionRecord';

/**
 * Asks the server for new tokens: by the refresh token or, where the grant gives out none, by the request that was
 * made then. It is not to be broken off, because the answer may hold the only valid refresh token.
 * @throws LatchkeyError for everything that does not mean that the session has ended.
 */
export async function renewedTokens(
  { http, log }: { readonly http: OAuthHttp; readonly log: Log },
  record: SessionRecord,
  { refresh, refreshExpiresAt }: TokenSet,
): Promise<RefreshResult> {
  const { signal } = new AbortController();
  const parameters = record.refreshParameters;
  if (refresh === undefined) {
    const { requestClientCredentials } = await import('../oauth/clientCredentials');
    return { kind: 'refreshed', tokens: await requestClientCredentials(http, { ...record, parameters }, signal) };
  }
  const { refreshTokens } = await import('../oauth/refreshGrant');
  const accountLabel = record.account.label;
  const request: RefreshRequest = { ...record, accountLabel, parameters, refreshToken: refresh, refreshExpiresAt };
  return refreshTokens(http, request, signal).catch((error: unknown) => {
    if (!isAnswerLost(error)) throw error;
    // The server may have replaced the token and its successor be lost. Many take the old one again for a while.
    log.warn('The answer to a refresh was lost on the way; asking once more');
    return refreshTokens(http, request, signal);
  });
}

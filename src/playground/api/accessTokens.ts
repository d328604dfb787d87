import type { Provider } from 'oidc-provider';
import { findUser, type User } from '../users';

/** What the API knows about the caller. */
export interface Caller {
  readonly user: User;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Looks an access token up; `undefined` when it is unknown, expired or revoked. */
export type TokenLookup = (accessToken: string) => Promise<Caller | undefined>;

/** Tokens are opaque, and the API shares the authorization server's memory: no introspection needed. */
export function lookupIn(provider: Provider): TokenLookup {
  return async (accessToken) => {
    const token = await provider.AccessToken.find(accessToken);
    const user = findUser(token?.accountId);
    if (token === undefined || user === undefined || token.clientId === undefined) return undefined;
    if ((await provider.Grant.find(token.grantId)) === undefined) return undefined;
    const { clientId, iat: issuedAt, exp: expiresAt = issuedAt } = token;
    return { user, clientId, scopes: [...token.scopes], issuedAt, expiresAt };
  };
}

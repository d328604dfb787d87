import { Secret } from '../secret';
import type { AccessToken } from './model';

/** What a token endpoint gave out, with absolute times. */
export interface TokenSet {
  readonly type: 'Bearer' | 'DPoP';
  readonly access: Secret;
  readonly refresh: Secret | undefined;
  /** When the response arrived, in milliseconds since the epoch by this machine's clock. */
  readonly obtainedAt: number;
  /** Milliseconds; `undefined` when the server did not say, so only a 401 tells that the token is spent. */
  readonly lifetime: number | undefined;
  /** The granted scopes as the server wrote them; `undefined` means: as asked (RFC 6749 §5.1). */
  readonly scope: string | undefined;
}

/** The members of a token response that make a {@link TokenSet} (RFC 6749 §5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
  readonly scope?: string | undefined;
}

/** Reads a checked token response that arrived at `obtainedAt`. A lifetime of 0 is how some servers say "unknown". */
export function tokenSetOf(response: TokenResponse, obtainedAt: number): TokenSet {
  const seconds = response.expires_in;
  return {
    type: response.token_type === 'dpop' ? 'DPoP' : 'Bearer',
    access: new Secret(response.access_token),
    refresh: response.refresh_token === undefined ? undefined : new Secret(response.refresh_token),
    obtainedAt,
    lifetime: seconds === undefined || seconds <= 0 ? undefined : seconds * 1000,
    scope: response.scope,
  };
}

/** Milliseconds since the epoch, or `undefined` when the server did not say. */
export function expiresAt(tokens: TokenSet): number | undefined {
  return tokens.lifetime === undefined ? undefined : tokens.obtainedAt + tokens.lifetime;
}

/** The access token on its way to `authorise`. */
export function accessTokenOf(sessionId: string, tokens: TokenSet): AccessToken {
  return { sessionId, type: tokens.type, value: tokens.access, expiresAt: expiresAt(tokens) };
}

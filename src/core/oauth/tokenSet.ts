import { Secret } from '../secret';
import type { DpopProver } from './dpopProver';
import { jwtExpiry } from './jwtExpiry';
import type { AccessToken } from './model';

/** What a token endpoint gave out, with absolute times. */
export interface TokenSet {
  readonly type: 'Bearer' | 'DPoP';
  readonly access: Secret;
  readonly refresh: Secret | undefined;
  /** When the refresh token ends, in milliseconds since the epoch; `undefined` when the server did not say. */
  readonly refreshExpiresAt?: number | undefined;
  /** When the response arrived, in milliseconds since the epoch by this machine's clock. */
  readonly obtainedAt: number;
  /** Milliseconds; `undefined` when the server did not say, so only a 401 tells that the token is spent. */
  readonly lifetime: number | undefined;
  /**
   * Milliseconds that a JWT says it has to live, where the server said nothing. It makes a refresh due and ends
   * nothing: to its client an access token is opaque (RFC 9068 §6), so the API has the last word.
   */
  readonly hintedLifetime?: number | undefined;
  /** The granted scopes as the server wrote them; `undefined` means: as asked (RFC 6749 §5.1). */
  readonly scope: string | undefined;
}

/** The members of a token response that make a {@link TokenSet} (RFC 6749 §5.1), and whatever else is in it. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: unknown;
  readonly scope?: string | undefined;
  readonly [other: string]: unknown;
}

/** What servers call the seconds that a refresh token lives: GitHub and LinkedIn, Keycloak, Intuit. */
const refreshLifetimeMembers = [
  'refresh_token_expires_in',
  'refresh_expires_in',
  'x_refresh_token_expires_in',
] as const;

/** Seconds in a hundred years. Servers that mean "forever" say more, and no date can be made of it. */
const century = 100 * 365 * 24 * 60 * 60;

/**
 * Reads a checked token response.
 * @param obtainedAt when it arrived, by this machine's clock; lifetimes count from then.
 * @param serverNow when it was sent, by the server's clock: the one that the end inside a token is told by.
 */
export function tokenSetOf(response: TokenResponse, obtainedAt: number, serverNow = obtainedAt): TokenSet {
  const lifetime = milliseconds(response.expires_in);
  const refreshLifetime = firstLifetime(response);
  return {
    type: response.token_type === 'dpop' ? 'DPoP' : 'Bearer',
    access: new Secret(response.access_token),
    refresh: response.refresh_token === undefined ? undefined : new Secret(response.refresh_token),
    refreshExpiresAt: refreshLifetime === undefined ? undefined : obtainedAt + refreshLifetime,
    obtainedAt,
    lifetime,
    hintedLifetime: lifetime === undefined ? hintIn(response.access_token, serverNow) : undefined,
    scope: response.scope,
  };
}

/** Milliseconds since the epoch, or `undefined` when the server did not say. */
export function expiresAt(tokens: TokenSet): number | undefined {
  return tokens.lifetime === undefined ? undefined : tokens.obtainedAt + tokens.lifetime;
}

/** The access token on its way to `authorise`. */
export function accessTokenOf(sessionId: string, tokens: TokenSet, prover?: DpopProver): AccessToken {
  const { type, access: value } = tokens;
  return { sessionId, type, value, expiresAt: expiresAt(tokens), prover: type === 'DPoP' ? prover : undefined };
}

/**
 * A lifetime in seconds, as milliseconds. Servers write numbers as texts, and "unknown" or "forever" as 0, as less or
 * as an absurd number; a token that has just been given out is not spent, so all of that means: not said.
 */
function milliseconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > century) return undefined;
  return Math.ceil(seconds * 1000);
}

function firstLifetime(response: TokenResponse): number | undefined {
  return refreshLifetimeMembers.map((name) => milliseconds(response[name])).find((value) => value !== undefined);
}

function hintIn(accessToken: string, serverNow: number): number | undefined {
  const end = jwtExpiry(accessToken);
  return end === undefined ? undefined : milliseconds(end - serverNow / 1000);
}

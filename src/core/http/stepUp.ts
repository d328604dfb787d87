import type { Exchange, Hop } from './exchange';
import type { HttpRequest } from './httpRequest';
import { parseChallenges } from './wwwAuthenticate';

/** What an API wants beyond the token that it got; only the user can bring it, by signing in once more. */
export interface StepUp {
  /** Scopes that the request takes (RFC 6750 §3.1). */
  readonly scopes: readonly string[];
  /** Any of these ways to authenticate, best first (RFC 9470 §3). */
  readonly acrValues: readonly string[];
  /** Seconds since the user last authenticated, at most (RFC 9470 §3). */
  readonly maxAge: number | undefined;
}

/** More, or longer, than any server means seriously; it all goes into a URL. */
const mostValues = 50;
const longestValue = 200;

/**
 * Reads a refusal that another sign-in can lift: `insufficient_scope` (RFC 6750 §3.1) or
 * `insufficient_user_authentication` (RFC 9470 §3). `undefined` when it is another refusal, or does not say what would
 * be enough: signing in with the same would end with the same.
 */
export function requiredStepUp({ status, headers }: Hop, request: HttpRequest): StepUp | undefined {
  if (status !== 401 && status !== 403) return undefined;
  for (const { parameters } of parseChallenges(headers)) {
    const error = parameters.get('error');
    if (error !== 'insufficient_scope' && error !== 'insufficient_user_authentication') continue;
    const named = valuesOf(parameters.get('scope'));
    const scopes = named.length === 0 && error === 'insufficient_scope' ? scopesOf(request) : named;
    const acrValues = valuesOf(parameters.get('acr_values'));
    const maxAge = secondsOf(parameters.get('max_age'));
    if (scopes.length + acrValues.length > 0 || maxAge !== undefined) return { scopes, acrValues, maxAge };
  }
  return undefined;
}

/** The exchange with what its answer wants, if it wants something. */
export function withStepUp(exchange: Exchange, hop: Hop, request: HttpRequest): Exchange {
  const stepUp = requiredStepUp(hop, request);
  return stepUp ? { ...exchange, stepUp } : exchange;
}

/** The exchange without an offer that was taken up before it: a second refusal for the same is the answer. */
export function withoutOffer(exchange: Exchange, taken: StepUp | undefined): Exchange {
  const isSame = taken !== undefined && JSON.stringify(exchange.stepUp) === JSON.stringify(taken);
  return isSame ? { ...exchange, stepUp: undefined } : exchange;
}

/** A server that does not name the scopes may mean those that the request asks for itself. */
function scopesOf({ auth }: HttpRequest): readonly string[] {
  return auth.kind === 'connection' ? (auth.scopes ?? []) : [];
}

/** Separated by spaces; only characters that a scope may have (RFC 6749 §3.3), so that the text can be shown. */
function valuesOf(text: string | undefined): readonly string[] {
  const values = (text ?? '').split(' ').filter((value) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value));
  return [...new Set(values)].filter((value) => value.length <= longestValue).slice(0, mostValues);
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

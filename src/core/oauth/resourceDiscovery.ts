import { customFetch, OperationProcessingError, processResourceDiscoveryResponse } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import { isLoopbackHost } from '../http/loopback';
import { parseChallenges, type Challenge } from '../http/wwwAuthenticate';
import type { Header } from '../ports';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { checkIdentifier, checkResource, scopeTokens, type ProtectedResource } from './protectedResource';
import { plainServerText } from './serverText';

/** A URL of an API and, when it answered 401, the headers of that answer. */
export interface AskedApi {
  readonly url: URL;
  readonly headers: readonly Header[];
}

/** What an API says about where to sign in. */
export interface ResourceAnswer {
  /** `undefined`: it publishes nothing about itself. */
  readonly resource: ProtectedResource | undefined;
  /** Scopes that the 401 asks for (RFC 6750 §3); `undefined`: it asks for none in particular. */
  readonly scopes: readonly string[] | undefined;
  /** Where nothing was found and why not, for people. */
  readonly tried: readonly string[];
}

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Asks an API where to sign in (RFC 9728): at the address that its 401 names, then at the well-known address for the
 * URL, then at that for its origin. The 401 of a stranger is hostile input, so only the API's own origin is asked and
 * no redirect followed; nothing that identifies anybody is sent.
 * @throws LatchkeyError `api.insecure`, or what is wrong with what was found: `api.*`; AbortError.
 */
export async function discoverResource(http: OAuthHttp, asked: AskedApi, signal: AbortSignal): Promise<ResourceAnswer> {
  const { url } = asked;
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) {
    throw new LatchkeyError('api.insecure', { origin: url.origin });
  }
  const challenges = parseChallenges(asked.headers).filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop');
  const scopes = challengedScopes(challenges);
  const { places, tried } = candidates(url, challenges);
  let failure: LatchkeyError | undefined;
  for (const place of places) {
    try {
      return { resource: await resourceAt(http, place, url, signal), scopes, tried };
    } catch (error) {
      if (!(error instanceof NotThere || error instanceof LatchkeyError)) throw error;
      if (error instanceof LatchkeyError && error.code.startsWith('api.')) failure ??= error;
      tried.push(`${plainServerText(place.href)} (${error.message})`);
    }
  }
  // What was found and cannot be used says more than the places where nothing is.
  if (failure) throw failure;
  return { resource: undefined, scopes, tried };
}

/** The first challenge that names scopes counts. */
function challengedScopes(challenges: readonly Challenge[]): readonly string[] | undefined {
  const named = challenges.map(({ parameters }) => scopeTokens(parameters.get('scope')?.split(' ') ?? []));
  return named.find((scopes) => scopes.length > 0);
}

function candidates(url: URL, challenges: readonly Challenge[]): { places: readonly URL[]; tried: string[] } {
  const tried: string[] = [];
  const named = challenges.flatMap(({ parameters }) => parameters.get('resource_metadata') ?? []).slice(0, 2);
  const own = named.flatMap((text) => {
    const place = URL.parse(text);
    if (place?.origin === url.origin) return [place];
    tried.push(`${plainServerText(text)} (not at the API’s own address)`);
    return [];
  });
  const path = url.pathname === '/' ? '' : url.pathname;
  const places = [...own, new URL(`${url.origin}${wellKnown}${path}`), new URL(`${url.origin}${wellKnown}`)];
  const unique = new Map(places.map((place) => [place.href, place]));
  return { places: [...unique.values()], tried };
}

/** There is no metadata at an address. */
class NotThere extends Error {}

async function resourceAt(http: OAuthHttp, place: URL, asked: URL, signal: AbortSignal): Promise<ProtectedResource> {
  const { [customFetch]: fetch } = oauthRequestOptions(http, { insecureOrigins: [] }, 'discovery', signal);
  const headers = { accept: 'application/json' };
  const response = await fetch(place.href, { method: 'GET', headers, body: undefined, redirect: 'manual', signal });
  const url = plainServerText(place.href);
  if (response.status !== 200) throw new NotThere(`HTTP ${response.status}`);
  const claimed = await claimedResource(response.clone());
  // Sites that answer everything with their front page are common.
  if (claimed === undefined) throw new NotThere('not JSON');
  const identifier = checkIdentifier(claimed, asked, url);
  try {
    return checkResource(await processResourceDiscoveryResponse(identifier, response), asked, url);
  } catch (error) {
    if (!(error instanceof OperationProcessingError)) throw error;
    throw new LatchkeyError('api.metadataInvalid', { url, reason: error.message });
  }
}

/** The `resource` member as it stands there, empty when there is none; `undefined` when the answer is no JSON object. */
async function claimedResource(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) return undefined;
  const { resource } = body as { readonly resource?: unknown };
  return typeof resource === 'string' ? resource : '';
}

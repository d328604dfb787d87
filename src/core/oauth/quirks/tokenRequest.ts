import type { OAuthPurpose } from '../oauthHttp';
import type { Quirks, RefreshRequestQuirks } from './quirks';
import { quirkyParameters } from './requestParameters';

/** A request to an authorization server, before it is put on the wire. */
export interface OAuthRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the URL's query gets in addition. Holds secrets. */
  readonly query?: URLSearchParams;
  /** Holds secrets. */
  readonly body: string | undefined;
}

/** A request as the OAuth library makes it. */
export interface LibraryRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams | string | undefined;
}

/** The request as the server wants it. Pure; requests without parameters pass as they are. */
export function quirkyOAuthRequest(
  url: string,
  { method, headers, body }: LibraryRequest,
  purpose: OAuthPurpose,
  quirks: Quirks,
): OAuthRequest {
  if (!(body instanceof URLSearchParams)) return { method, url, headers, body };
  const changes = changesFor(purpose, quirks);
  const parameters = quirkyParameters(body, quirks, changes);
  const target = changes.path === undefined ? url : refreshUrl(changes.path, url);
  const sent = { method: changes.method ?? method, url: target, headers: { ...headers, ...changes.headers } };
  if (changes.method === 'GET')
    return { ...sent, headers: withoutType(sent.headers), query: parameters, body: undefined };
  if (changes.body !== 'json') return { ...sent, body: parameters.toString() };
  const json = { ...withoutType(sent.headers), 'content-type': 'application/json' };
  return { ...sent, headers: json, body: JSON.stringify(jsonOf(parameters)) };
}

function changesFor(purpose: OAuthPurpose, quirks: Quirks): RefreshRequestQuirks {
  const changes: Partial<Record<OAuthPurpose, RefreshRequestQuirks | undefined>> = {
    pushedAuthorization: quirks.authorizationRequest,
    token: quirks.tokenRequest,
    refresh: { ...quirks.tokenRequest, ...quirks.refreshRequest },
  };
  return changes[purpose] ?? {};
}

/** Only the path changes: the host is the one that was approved. */
function refreshUrl(path: string, tokenEndpoint: string): string {
  const url = new URL(tokenEndpoint);
  url.pathname = new URL(path, tokenEndpoint).pathname;
  return url.href;
}

function withoutType(headers: OAuthRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'));
}

/** A parameter that is there more than once becomes a list. */
function jsonOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const names = new Set(parameters.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const [first = '', ...others] = parameters.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

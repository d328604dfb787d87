import type { OAuthPurpose } from '../oauthHttp';
import { apiHeaders } from './apiHeaders';
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

/** The request as the server wants it. Pure; requests without parameters pass as they are, but for userinfo's. */
export function quirkyOAuthRequest(
  url: string,
  { method, headers, body }: LibraryRequest,
  purpose: OAuthPurpose,
  quirks: Quirks,
  clientId?: string,
): OAuthRequest {
  if (purpose === 'userinfo') return userinfoRequest({ method, url, headers, body: undefined }, quirks, clientId);
  if (!(body instanceof URLSearchParams)) return { method, url, headers, body };
  const changes = changesFor(purpose, quirks);
  const secret = hasSecret(headers, body);
  const proven = changes.emptySecret && !secret ? withEmptySecret(headers, body) : { headers, body };
  const parameters = quirkyParameters(proven.body, quirks, changes, secret);
  return encoded(
    {
      method: changes.method ?? method,
      url: changes.path === undefined ? url : refreshUrl(changes.path, url),
      headers: { ...proven.headers, ...changes.headers },
    },
    parameters,
    changes,
  );
}

function encoded(
  request: Omit<OAuthRequest, 'body'>,
  parameters: URLSearchParams,
  { method, body }: RefreshRequestQuirks,
): OAuthRequest {
  const untyped = withoutType(request.headers);
  if (method === 'GET') return { ...request, headers: untyped, query: parameters, body: undefined };
  if (body !== 'json') return { ...request, body: parameters.toString() };
  return {
    ...request,
    headers: { ...untyped, 'content-type': 'application/json' },
    body: JSON.stringify(jsonOf(parameters)),
  };
}

/** A request with a token is one of the provider's API. */
function userinfoRequest(
  request: OAuthRequest,
  { userinfo, apiRequest }: Quirks,
  clientId: string | undefined,
): OAuthRequest {
  const type = userinfo?.body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { ...request.headers, ...Object.fromEntries(apiHeaders(apiRequest, clientId)), ...type };
  return { ...request, headers, method: userinfo?.method ?? request.method, body: userinfo?.body };
}

function withEmptySecret(
  headers: OAuthRequest['headers'],
  body: URLSearchParams,
): { readonly headers: OAuthRequest['headers']; readonly body: URLSearchParams } {
  const rest = new URLSearchParams([...body].filter(([name]) => name !== 'client_id'));
  return { headers: { ...headers, authorization: `Basic ${btoa(`${body.get('client_id') ?? ''}:`)}` }, body: rest };
}

function hasSecret(headers: OAuthRequest['headers'], body: URLSearchParams): boolean {
  const isBasic = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return isBasic || body.has('client_secret') || body.has('client_assertion');
}

/** A pushed authorization request (RFC 9126) has its changes already: they are those of the authorization request. */
function changesFor(purpose: OAuthPurpose, quirks: Quirks): RefreshRequestQuirks {
  const changes: Partial<Record<OAuthPurpose, RefreshRequestQuirks | undefined>> = {
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

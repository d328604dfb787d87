import type { AccessToken, ConnectionConfig } from '../oauth/model';
import { quirksOf } from '../oauth/presets/presets';
import type { TokenPlacement } from '../oauth/quirks/quirks';
import type { WireRequest } from '../ports';
import { joinSensitive, revealForTransport, Secret, type Sensitive } from '../secret';
import type { HttpRequest, RequestAuth } from './httpRequest';

/** RFC 6750 §2.1. */
const authorizationHeader: TokenPlacement = { in: 'header', name: 'Authorization' };

/**
 * Where the token of a request goes: as the request says, else as the provider wants it, else the Authorization
 * header. In a query it ends up in logs (RFC 6750 §5.3), so only an explicit word puts it there.
 */
export function tokenPlacement(auth: RequestAuth, { preset }: Pick<ConnectionConfig, 'preset'>): TokenPlacement {
  const asked = auth.kind === 'connection' ? auth.placement : undefined;
  return asked ?? quirksOf(preset).apiRequest?.token ?? authorizationHeader;
}

/** The request with the token at its place. Any header but Authorization holds the bare token. */
export function withTokenAt(
  request: HttpRequest,
  { type, value: token }: Pick<AccessToken, 'type' | 'value'>,
  { in: where, name }: TokenPlacement,
): HttpRequest {
  if (where === 'query') return { ...request, url: withQueryToken(request.url, name, token) };
  const value = isAuthorization(name) ? joinSensitive([`${type} `, token]) : token;
  return { ...request, headers: [...request.headers, [name, value]] };
}

/** Whether the request itself already has what is to carry the token. */
export function isTaken(request: Pick<HttpRequest, 'url' | 'headers'>, { in: where, name }: TokenPlacement): boolean {
  if (where === 'query') return new URL(revealForTransport(request.url)).searchParams.has(name);
  return request.headers.some(([header]) => header.toLowerCase() === name.toLowerCase());
}

/** Whether the token is in a request, wherever it was put; after a redirect to another origin it is not. */
export function carriesToken({ url, headers }: WireRequest, token: Secret): boolean {
  const text = token.revealForTransport();
  const isIn = (value: Sensitive): boolean =>
    value instanceof Secret && value.atoms.some((atom) => atom.revealForTransport() === text);
  if (headers.some(([, value]) => isIn(value))) return true;
  return url instanceof Secret && [...new URL(revealForTransport(url)).searchParams.values()].includes(text);
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** The URL with a parameter at the end of its query. */
export function withQueryToken(url: HttpRequest['url'], name: string, token: Secret): HttpRequest['url'] {
  const separator = revealForTransport(url).includes('?') ? '&' : '?';
  return joinSensitive([url, `${separator}${formEncoded(name)}=`, token.converted(formEncoded)]);
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

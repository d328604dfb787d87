import { LatchkeyError } from '../errors';
import type { Header, WireRequest } from '../ports';
import { revealForTransport, Secret } from '../secret';
import { secretsInBody } from './wireBody';
import { asSecretAs, secretsSent, withoutQuerySecrets } from './urlSecrets';
import { shownAddress, shownOrigin } from './httpUrl';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Describe a body; they go when the body goes (RFC 9110 §15.4). */
const BODY_HEADERS = /^(?:content-(?:type|length|encoding|language|location)|digest|last-modified|transfer-encoding)$/i;

/** Tell who is asking, or name the host that was asked: never for another origin, even when written in the file. */
const ORIGIN_HEADERS = /^(?:authorization|proxy-authorization|cookie|host)$/i;

/**
 * The request that a redirect asks for (RFC 9110 §15.4), or `undefined` when the response is not a redirect.
 *
 * 301 and 302 turn POST into GET, 303 everything but HEAD; 307 and 308 keep method and body. Across origins
 * everything that `authorise` or a secret contributed is dropped, and stays dropped on the way back; so is what the
 * server repeats of it in the query of its redirect.
 * @throws LatchkeyError `http.redirectInvalid`, `http.redirectInsecure`, `http.redirectSecretBody`.
 */
export function redirectedRequest(
  request: WireRequest,
  status: number,
  headers: readonly Header[],
): WireRequest | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const from = new URL(revealForTransport(request.url));
  const to = targetOf(request, from, location);
  const secrets = secretsSent(request);
  if (from.origin === to.origin) return withMethodOf(status, { ...request, url: asSecretAs(to.href, secrets) });
  return acrossOrigins(request, withMethodOf(status, { ...request, url: withoutQuerySecrets(to, secrets).href }));
}

function targetOf(request: WireRequest, from: URL, location: string): URL {
  // A WebSocket begins with HTTP, and is one of that here.
  const target = request.upgrade ? location.trim().replace(/^ws(s?):/i, 'http$1:') : location;
  const to = URL.parse(target, from.href);
  if (!to || !/^https?:$/.test(to.protocol) || to.username !== '' || to.password !== '') {
    const shown = to ? `${to.protocol}//${to.host}` : 'unreadable';
    throw new LatchkeyError('http.redirectInvalid', { ...shownAddress(request.url), target: shown });
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new LatchkeyError('http.redirectInsecure', { from: shownOrigin(request.url), to: to.origin });
  }
  to.hash = '';
  return to;
}

function withMethodOf(status: number, request: WireRequest): WireRequest {
  const becomesGet =
    status === 303 ? !/^(?:GET|HEAD)$/.test(request.method) : status < 303 && request.method === 'POST';
  if (!becomesGet) return request;
  return {
    ...request,
    method: 'GET',
    body: undefined,
    headers: request.headers.filter(([name]) => !BODY_HEADERS.test(name)),
  };
}

function acrossOrigins(from: WireRequest, request: WireRequest): WireRequest {
  if (secretsInBody(request.body).length > 0) {
    throw new LatchkeyError('http.redirectSecretBody', { from: shownOrigin(from.url), to: shownOrigin(request.url) });
  }
  return {
    ...request,
    headers: request.headers.filter(([name, value]) => !ORIGIN_HEADERS.test(name) && !(value instanceof Secret)),
  };
}

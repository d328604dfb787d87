import { LatchkeyError } from '../errors';
import type { AccessToken, ConnectionConfig } from '../oauth/model';
import { quirksOf } from '../oauth/presets/presets';
import { apiHeaders } from '../oauth/quirks/apiHeaders';
import { revealForTransport, type Secret } from '../secret';
import { withCredentials, type SigningCredentials } from './credentials';
import type { HttpRequest } from './httpRequest';
import { parseHttpUrl, shownOrigin } from './httpUrl';
import { isLoopbackHost } from './loopback';
import type { BoundToken } from './provenHop';
import { isTaken, tokenPlacement, withTokenAt } from './tokenPlacement';

declare const checked: unique symbol;

/**
 * A request that may be sent: its destination has been judged. Only {@link authorise} and {@link withoutConnection} make
 * one, so a request that asks for a connection cannot be sent with its token to a place nobody approved.
 */
export interface AuthorisedRequest {
  /** With the token in it, when there is one. */
  readonly request: HttpRequest;
  /** The token that was attached. */
  readonly token: Secret | undefined;
  /** Token or credentials go over http to a host beyond loopback, because the file says exactly that. */
  readonly insecure: boolean;
  /** For a token that only the holder of a key can use: every hop gets a proof. */
  readonly bound?: BoundToken | undefined;
  /** What every hop is signed with. */
  readonly signing?: SigningCredentials | undefined;
  readonly [checked]: true;
}

/**
 * Attaches the token of a connection (RFC 6750 §2.1, RFC 9449 §7.1, or where {@link tokenPlacement} says), and the
 * headers that its provider wants, if the request goes to one of the connection's origins. Pure, and the only place
 * that adds a token to a request; what proves that we may use it is added per hop.
 * @throws LatchkeyError what {@link checkDestination} throws; `session.notBound`, `http.tokenTypeNotSupported`.
 */
export function authorise(request: HttpRequest, token: AccessToken, connection: ConnectionConfig): AuthorisedRequest {
  const { insecure } = checkDestination(request, connection);
  const bound = boundToken(request, token, connection);
  const complete = withProviderHeaders(request, connection);
  const placed = withTokenAt(complete, token, tokenPlacement(request.auth, connection));
  return checkedRequest(placed, token.value, insecure, bound);
}

/** A token that anybody could use does not leave for a connection that says `dpop: true`. */
function boundToken(
  request: HttpRequest,
  { type, value, prover }: AccessToken,
  connection: ConnectionConfig,
): BoundToken | undefined {
  if (type === 'Bearer') {
    if (connection.dpop === true) throw new LatchkeyError('session.notBound', { connection: connection.label });
    return undefined;
  }
  if (!prover) throw new LatchkeyError('http.tokenTypeNotSupported', { connection: connection.name, type });
  if (hasHeader(request, 'dpop')) throw new LatchkeyError('http.proofAlreadySet', { connection: connection.name });
  return { value, prover };
}

/**
 * A request that uses no connection, ready to be sent: with the credentials that its file names, or with nothing where
 * it says `auth: none`, or `auto` and nobody is signed in yet.
 */
export function withoutConnection(request: HttpRequest): AuthorisedRequest {
  const { auth, name } = request;
  if (auth.kind === 'connection') throw new Error(`Request "${name}" uses a connection: authorise it`);
  if (auth.kind === 'none' || auth.kind === 'auto') return checkedRequest(request, undefined, false);
  const exposed = isExposed(parseHttpUrl(request.url));
  switch (auth.kind) {
    case 'basic':
    case 'bearer':
    case 'apiKey':
      return checkedRequest(withCredentials(request, auth), undefined, exposed);
    case 'digest':
    case 'awsSigV4':
    case 'hmac':
      return checkedRequest(request, undefined, exposed, undefined, auth);
  }
}

/**
 * Whether the token of a connection may go where the request goes; worth asking before anybody is asked to sign in.
 * @throws LatchkeyError `http.originNotAllowed`, `http.insecureOrigin`, `http.authorizationAlreadySet`,
 * `http.hostHeaderNotAllowed`, `http.invalidUrl`, `http.credentialsInUrl`.
 */
export function checkDestination(request: HttpRequest, connection: ConnectionConfig): { readonly insecure: boolean } {
  if (request.auth.kind !== 'connection' || request.auth.connection !== connection.name) {
    throw new Error(`Request "${request.name}" does not use connection "${connection.name}"`);
  }
  const url = parseHttpUrl(request.url);
  const data = { connection: connection.name, origin: shownOrigin(request.url) };
  const exposed = isExposed(url);
  if (!isListed(url.origin, connection.origins)) {
    throw new LatchkeyError(exposed ? 'http.insecureOrigin' : 'http.originNotAllowed', data);
  }
  const placement = tokenPlacement(request.auth, connection);
  if (isTaken(request, placement)) {
    throw new LatchkeyError('http.authorizationAlreadySet', { ...data, name: placement.name });
  }
  // Behind a shared front another Host can mean another tenant, who would then receive the token.
  if (hasHeader(request, 'host', (host) => host.toLowerCase() !== url.host)) {
    throw new LatchkeyError('http.hostHeaderNotAllowed', data);
  }
  return { insecure: exposed };
}

/** What the file says stays as it is. */
function withProviderHeaders(request: HttpRequest, { preset, clientId }: ConnectionConfig): HttpRequest {
  const headers = apiHeaders(quirksOf(preset).apiRequest, clientId).filter(([name]) => !hasHeader(request, name));
  return headers.length === 0 ? request : { ...request, headers: [...request.headers, ...headers] };
}

/** Whether anybody on the way can read along. */
function isExposed({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopbackHost(hostname);
}

function isListed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => URL.parse(entry)?.origin === origin);
}

function hasHeader(request: HttpRequest, name: string, test: (value: string) => boolean = () => true): boolean {
  return request.headers.some(
    ([key, value]) => key.toLowerCase() === name.toLowerCase() && test(revealForTransport(value)),
  );
}

function checkedRequest(
  request: HttpRequest,
  token: Secret | undefined,
  insecure: boolean,
  bound?: BoundToken,
  signing?: SigningCredentials,
): AuthorisedRequest {
  // The brand exists for the compiler only; this is its one source.
  return { request, token, insecure, bound, signing } as AuthorisedRequest;
}

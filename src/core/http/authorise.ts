import { LatchkeyError } from '../errors';
import type { AccessToken, ConnectionConfig } from '../oauth/model';
import { joinSensitive, revealForTransport, type Secret } from '../secret';
import type { HttpRequest } from './httpRequest';
import { parseHttpUrl, shownOrigin } from './httpUrl';
import { isLoopbackHost } from './loopback';

declare const checked: unique symbol;

/**
 * A request that may be sent: its destination has been judged. Only {@link authorise} and {@link withoutToken} make
 * one, so a request that asks for a connection cannot be sent with its token to a place nobody approved.
 */
export interface AuthorisedRequest {
  /** With the Authorization header in it, when there is a token. */
  readonly request: HttpRequest;
  /** The token that was attached. */
  readonly token: Secret | undefined;
  /** The token goes over http to a host beyond loopback, because the connection lists exactly that origin. */
  readonly insecure: boolean;
  readonly [checked]: true;
}

/**
 * Attaches the token of a connection (RFC 6750 §2.1), if the request goes to one of the connection's origins.
 * Pure, and the only place that adds a token to a request.
 * @throws LatchkeyError what {@link checkDestination} throws; `http.tokenTypeNotSupported`.
 */
export function authorise(request: HttpRequest, token: AccessToken, connection: ConnectionConfig): AuthorisedRequest {
  const { insecure } = checkDestination(request, connection);
  if (token.type !== 'Bearer') {
    throw new LatchkeyError('http.tokenTypeNotSupported', { connection: connection.name, type: token.type });
  }
  const authorization = ['Authorization', joinSensitive(['Bearer ', token.value])] as const;
  return checkedRequest({ ...request, headers: [...request.headers, authorization] }, token.value, insecure);
}

/** A request that says `auth: none`, ready to be sent. */
export function withoutToken(request: HttpRequest): AuthorisedRequest {
  if (request.auth.kind !== 'none') throw new Error(`Request "${request.name}" uses a connection: authorise it`);
  return checkedRequest(request, undefined, false);
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
  const exposed = url.protocol === 'http:' && !isLoopbackHost(url.hostname);
  if (!isListed(url.origin, connection.origins)) {
    throw new LatchkeyError(exposed ? 'http.insecureOrigin' : 'http.originNotAllowed', data);
  }
  if (hasHeader(request, 'authorization')) throw new LatchkeyError('http.authorizationAlreadySet', data);
  // Behind a shared front another Host can mean another tenant, who would then receive the token.
  if (hasHeader(request, 'host', (host) => host.toLowerCase() !== url.host)) {
    throw new LatchkeyError('http.hostHeaderNotAllowed', data);
  }
  return { insecure: exposed };
}

function isListed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => URL.parse(entry)?.origin === origin);
}

function hasHeader(request: HttpRequest, name: string, test: (value: string) => boolean = () => true): boolean {
  return request.headers.some(([key, value]) => key.toLowerCase() === name && test(revealForTransport(value)));
}

function checkedRequest(request: HttpRequest, token: Secret | undefined, insecure: boolean): AuthorisedRequest {
  // The brand exists for the compiler only; this is its one source.
  return { request, token, insecure } as AuthorisedRequest;
}

import { nothingExpected } from '../../src/core/expect/expectations';
import type { HttpRequest, RequestAuth } from '../../src/core/http/httpRequest';
import type { SendDependencies } from '../../src/core/http/sendExchange';
import type { AccessToken, ConnectionConfig } from '../../src/core/oauth/model';
import type { Clock, HttpTransport, Random } from '../../src/core/ports';
import { Secret } from '../../src/core/secret';
import { nodeClock } from '../../src/node/nodeClock';

export const withConnection: RequestAuth = {
  kind: 'connection',
  connection: 'acme',
  account: undefined,
  scopes: undefined,
};

/** A GET of the URL with nothing special, and what the test changes about it. */
export function httpRequest(url: HttpRequest['url'], changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    name: 'test',
    method: 'GET',
    url,
    headers: [],
    body: undefined,
    auth: { kind: 'none' },
    redirects: 10,
    timeouts: { connect: undefined, headers: undefined, idle: undefined, total: undefined },
    expect: nothingExpected,
    captures: [],
    ...changes,
  };
}

export function connectionTo(...origins: string[]): ConnectionConfig {
  return {
    name: 'acme',
    label: 'Acme',
    grant: 'authorizationCode',
    endpoints: {},
    scopes: [],
    resource: [],
    origins,
    redirect: { kind: 'auto' },
    parameters: { authorize: {}, token: {}, refresh: {} },
  };
}

export function bearerToken(value: string): AccessToken {
  return { sessionId: 's1', type: 'Bearer', value: new Secret(value), expiresAt: undefined };
}

/** Bytes that count up, so that ids differ. */
export function countingRandom(): Random {
  let next = 0;
  return { bytes: (length) => Uint8Array.from({ length }, () => next++) };
}

export function sendDependencies(transport: HttpTransport, clock: Clock = nodeClock): SendDependencies {
  return { transport, clock, random: countingRandom() };
}

/** Everything a value could leak: its JSON and what a debugger would print. */
export function everythingIn(value: unknown, inspect: (value: unknown) => string): string {
  return `${JSON.stringify(value)}\n${inspect(value)}`;
}

export const neverAborted = new AbortController().signal;

import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import type { Exchange } from '../../../../src/core/http/exchange';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { sendAuthorised } from '../../../../src/core/http/sendAuthorised';
import { DpopProver } from '../../../../src/core/oauth/dpopProver';
import type { AccessToken } from '../../../../src/core/oauth/model';
import type { WireRequest } from '../../../../src/core/ports';
import { joinSensitive, revealForTransport, Secret } from '../../../../src/core/secret';
import { nodeClock } from '../../../../src/node/nodeClock';
import { FakeTransport, type FakeResponse } from '../../../helpers/fakeTransport';
import { readProof } from '../../../helpers/oauth/dpopApi';
import {
  connectionTo,
  everythingIn,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../../helpers/requests';

type Claims = Readonly<Record<string, unknown>>;

const wantsNonce = (nonce: string): FakeResponse => ({
  status: 401,
  headers: [
    ['WWW-Authenticate', 'DPoP error="use_dpop_nonce"'],
    ['DPoP-Nonce', nonce],
  ],
});
const redirect = (to: string, status = 302): FakeResponse => ({ status, headers: [['Location', to]] });
const good: FakeResponse = { status: 200, body: 'yes' };

/** Sends with a bound token to an API that gives these answers, one after the other. */
async function send(
  answers: readonly FakeResponse[],
  { url = 'https://a.test/x?q=1', ...changes }: Partial<HttpRequest> = {},
): Promise<{ readonly exchange: Exchange; readonly sent: readonly WireRequest[]; readonly renewed: number }> {
  const left = [...answers];
  const transport = new FakeTransport(() => left.shift() ?? { status: 500 });
  const prover = await DpopProver.create(nodeClock);
  const token = (value: string): AccessToken => ({
    ...{ sessionId: 's', type: 'DPoP', value: new Secret(value), expiresAt: undefined, prover },
  });
  let renewed = 0;
  const session = {
    freshToken: () => Promise.resolve(token('canary-first')),
    renew: () => Promise.resolve(token(`canary-renewed-${++renewed}`)),
  };
  const request = httpRequest(url, { auth: withConnection, ...changes });
  const exchange = await sendAuthorised(request, connectionTo('https://a.test'), session, sendDependencies(transport), {
    signal: neverAborted,
  });
  return { exchange, sent: transport.sent, renewed };
}

function headersOf({ headers }: WireRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(([name, value]) => [name, revealForTransport(value)]));
}

function claimsOf(request: WireRequest): Claims | undefined {
  const { DPoP: proof } = headersOf(request);
  return proof === undefined ? undefined : readProof(proof).claims;
}

test('a bound token goes out as DPoP, with one proof for this request, and neither is shown [F4 F9 #dpop]', async () => {
  const { exchange, sent } = await send([good]);
  assert.equal(sent.length, 1);
  assert.deepEqual(Object.keys(headersOf(sent[0]!)), ['Authorization', 'DPoP']);
  assert.equal(headersOf(sent[0]!)['Authorization'], 'DPoP canary-first');
  const { htm, htu } = claimsOf(sent[0]!) ?? {};
  assert.deepEqual([htm, htu], ['GET', 'https://a.test/x']);
  assert.deepEqual(exchange.request.headers, [
    ['Authorization', 'DPoP ••••••'],
    ['DPoP', '••••••'],
  ]);
  assert.doesNotMatch(
    everythingIn(exchange, (value) => inspect(value, { depth: 20 })),
    /canary|eyJ/,
  );
});

test('a nonce that is wanted is used at once, without renewing the token, and from then on [F9]', async () => {
  const { exchange, sent, renewed } = await send([wantsNonce('n1'), good]);
  assert.equal(exchange.outcome.kind === 'response' && exchange.outcome.response.status, 200);
  assert.equal(renewed, 0);
  assert.deepEqual(
    sent.map((request) => claimsOf(request)?.['nonce']),
    [undefined, 'n1'],
  );
  assert.deepEqual(
    exchange.hops.map(({ status }) => status),
    [401, 200],
  );
});

test('an API that never has enough of nonces gets two tries, and its refusal is the answer [F9]', async () => {
  const { exchange, sent, renewed } = await send([wantsNonce('n1'), wantsNonce('n2'), good]);
  assert.equal(exchange.outcome.kind === 'response' && exchange.outcome.response.status, 401);
  assert.equal(sent.length, 2);
  assert.equal(renewed, 0);
});

test('a token that is refused for itself is renewed once, also after a nonce [F8 F9]', async () => {
  const refused: FakeResponse = { status: 401, headers: [['WWW-Authenticate', 'DPoP error="invalid_token"']] };
  const { exchange, sent, renewed } = await send([wantsNonce('n1'), refused, good]);
  assert.equal(exchange.outcome.kind === 'response' && exchange.outcome.response.status, 200);
  assert.equal(renewed, 1);
  assert.equal(headersOf(sent[2]!)['Authorization'], 'DPoP canary-renewed-1');
  assert.equal(claimsOf(sent[2]!)?.['nonce'], 'n1');
  assert.notEqual(claimsOf(sent[2]!)?.['ath'], claimsOf(sent[1]!)?.['ath']);
});

test('each hop of a redirect within the origin has a proof of its own, for its own method and address [F9]', async () => {
  const body = new TextEncoder().encode('{}');
  const { sent } = await send([redirect('/kept', 307), redirect('/seen?page=2', 303), good], { method: 'POST', body });
  assert.deepEqual(
    sent.map((request) => [claimsOf(request)?.['htm'], claimsOf(request)?.['htu']]),
    [
      ['POST', 'https://a.test/x'],
      ['POST', 'https://a.test/kept'],
      ['GET', 'https://a.test/seen'],
    ],
  );
  assert.equal(new Set(sent.map((request) => claimsOf(request)?.['jti'])).size, 3);
  for (const { headers } of sent) assert.equal(headers.filter(([name]) => name === 'DPoP').length, 1);
});

test('on a redirect to another origin token and proof are gone, and stay gone on the way back [F7 F9]', async () => {
  const { sent } = await send([redirect('https://b.test/'), redirect('https://a.test/back'), wantsNonce('n'), good]);
  assert.deepEqual(
    sent.map((request) => Object.keys(headersOf(request))),
    [['Authorization', 'DPoP'], [], []],
  );
});

test('a body is sent again with the nonce, as it was', async () => {
  const body = new TextEncoder().encode('{"sku":1}');
  const { sent } = await send([wantsNonce('n1'), good], { method: 'POST', body });
  assert.deepEqual(
    sent.map((request) => request.body),
    [body, body],
  );
});

test('a secret in the path is in the proof and in nothing that is shown', async () => {
  const url = joinSensitive(['https://a.test/', new Secret('canary-path')]);
  const { exchange, sent } = await send([good], { url });
  assert.equal(claimsOf(sent[0]!)?.['htu'], 'https://a.test/canary-path');
  const proof = headersOf(sent[0]!)['DPoP'] ?? '';
  const shown = everythingIn(exchange, (value) => inspect(value, { depth: 20 }));
  assert.ok(!shown.includes(proof.split('.')[1] ?? '') && !shown.includes('canary'));
});

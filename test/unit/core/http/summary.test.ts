import assert from 'node:assert/strict';
import test from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import type { Exchange, Outcome } from '../../../../src/core/http/exchange';
import { summarise } from '../../../../src/core/http/summary';
import type { Header } from '../../../../src/core/ports';
import { MASK, Secret } from '../../../../src/core/secret';

const body = { size: 12, read: () => Promise.reject(new Error('not read')), dispose: () => undefined };

function exchange(outcome: Outcome): Exchange {
  const request = { method: 'GET', url: 'https://a.test/', headers: [], body: undefined, bodyBytes: 0 };
  const timings = { dns: undefined, connect: 1, tls: undefined, sent: 2, headers: 3 };
  const hops = outcome.kind === 'response' ? [{ request, ...outcome.response, timings }] : [];
  return { id: 'x', request, hops, outcome, startedAt: 5, duration: 7 };
}

function response(status: number, headers: readonly Header[] = []): Exchange {
  return exchange({ kind: 'response', response: { status, statusText: 'Text', headers, body } });
}

const failure = exchange({
  kind: 'failure',
  error: new LatchkeyError('http.connectionRefused', { host: 'h', port: '1' }),
});
const cancelled = exchange({ kind: 'cancelled' });

const held = { what: 'status 200', ok: true, actual: 200 };
const missed = { what: 'status 200', ok: false };

test('the summary of a response is plain JSON', () => {
  const sent = response(200, [
    ['Content-Type', 'text/plain'],
    ['Set-Cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['__proto__', 'x'],
  ]);
  const summary = summarise(sent, [held]);
  assert.deepEqual(JSON.parse(JSON.stringify(summary)), {
    ok: true,
    status: 200,
    statusText: 'Text',
    headers: JSON.parse('{"content-type":"text/plain","set-cookie":"a=••••••, b=••••••","__proto__":"x"}') as unknown,
    bodyBytes: 12,
    timings: { connect: 1, sent: 2, headers: 3, total: 7 },
    expectations: [{ what: 'status 200', ok: true, actual: 200 }],
  });
  assert.deepEqual(structuredClone(summary), summary);
});

test('a failure and a cancel are told by code', () => {
  assert.deepEqual(summarise(failure, []), {
    ok: false,
    error: { code: 'http.connectionRefused', message: 'Nothing answers at h:1: the connection was refused.' },
  });
  assert.deepEqual(summarise(cancelled, [missed]), {
    ok: false,
    error: { code: 'cancelled', message: 'The send was cancelled.' },
    expectations: [{ what: 'status 200', ok: false }],
  });
});

test('tokens are masked wherever the response has them', () => {
  const token = new Secret('canary-token-1');
  const sent = response(200, [
    ['X-Echo', 'got canary-token-1'],
    ['canary-token-1', Buffer.from('canary-token-1').toString('base64')],
  ]);
  const summary = summarise(sent, [], [token]);
  assert.doesNotMatch(JSON.stringify(summary), /canary|Y2FuYXJ5/);
  assert.equal(summary.headers?.['x-echo'], `got ${MASK}`);
});

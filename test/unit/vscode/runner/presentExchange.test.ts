import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange, Hop, ResponseSummary } from '../../../../src/core/http/exchange';
import type { HopTimings } from '../../../../src/core/ports';
import { presentExchange } from '../../../../src/vscode/runner/presentExchange';
import { presentSent } from '../../../../src/vscode/runner/presentSent';
import { memoryBody, openBody } from '../../core/response/openBody';

function hop(url: string, status: number, timings: HopTimings): Hop {
  return { request: request(url), status, statusText: '', headers: [], timings };
}

function request(url: string): Hop['request'] {
  return { method: 'GET', url, headers: [['Accept', '*/*']], body: undefined, bodyBytes: 0 };
}

function exchange(hops: readonly Hop[], response: ResponseSummary): Exchange {
  const first = hops[0]!.request;
  return {
    id: 'e1',
    request: first,
    hops,
    outcome: { kind: 'response', response },
    startedAt: 0,
    duration: 100,
    insecure: [],
  } as unknown as Exchange;
}

async function present(hops: readonly Hop[], status = 200, text = '{"a":1}', type = 'application/json') {
  const response = { status, statusText: 'OK', headers: [['content-type', type]] as const, body: memoryBody(text) };
  return presentExchange(exchange(hops, response), response, await openBody(text, { contentType: type }), {
    expectations: [],
    captures: [],
    notice: undefined,
    notes: [],
    cookies: { kept: false, sent: [], received: [] },
    stream: undefined,
  });
}

void test('hosts whose certificate was not checked are named once', async () => {
  const unchecked = (url: string): Hop => ({ ...hop(url, 302, { headers: 1 }), unverified: true });
  const hops = [
    unchecked('https://a.test/1'),
    unchecked('https://a.test/2'),
    hop('https://b.test/', 200, { headers: 1 }),
  ];
  assert.deepEqual((await present(hops)).unverified, ['a.test']);
});

void test('phases follow one another from the start of the exchange to its end', async () => {
  const view = await present([
    hop('http://a.test/', 302, { dns: 2, connect: 5, sent: 6, headers: 20 }),
    hop('http://a.test/next', 200, { sent: 1, headers: 30 }),
  ]);
  assert.deepEqual(
    view.hops.map(({ phases }) => phases.map(({ phase, start, duration }) => [phase, start, duration])),
    [
      [
        ['dns', 0, 2],
        ['connect', 2, 3],
        ['send', 5, 1],
        ['wait', 6, 14],
        ['download', 20, 0],
      ],
      [
        ['send', 20, 1],
        ['wait', 21, 29],
        ['download', 50, 50],
      ],
    ],
  );
  assert.equal(view.finalUrl, 'http://a.test/next');
});

void test('without a redirect there is no other address to name', async () => {
  assert.equal((await present([hop('http://a.test/', 200, { headers: 5 })])).finalUrl, undefined);
});

void test('the body is described, not included', async () => {
  const view = await present([hop('http://a.test/', 200, { headers: 5 })], 200, '{"a":"needle"}');
  assert.ok(view.body.kind === 'text' && view.body.hasPretty);
  assert.deepEqual(view.body.lineCount, { pretty: 3, raw: 1 });
  assert.ok(!JSON.stringify(view).includes('needle'));
});

void test('what the server said about an error is read from the body', async () => {
  const hops = [hop('http://a.test/', 404, { headers: 5 })];
  const view = await present(hops, 404, '{"title":"Gone","detail":"Sold"}', 'application/problem+json');
  assert.deepEqual(view.problem, { title: 'Gone', detail: 'Sold', facts: [] });
  assert.equal((await present(hops, 200, '{"title":"Gone"}', 'application/problem+json')).problem, undefined);
});

void test('a long body of a request is shown by its start', () => {
  const sent = presentSent({ ...request('http://a.test/'), body: 'x'.repeat(100_000), bodyBytes: 100_000 });
  assert.equal(sent.body?.length, 65_536);
  assert.equal(sent.bodyBytes, 100_000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hop } from '../../../../src/core/http/exchange';
import { redirectChange } from '../../../../src/core/http/redirectTrail';

function hop(url: string, names: readonly string[], bodyBytes = 0): Hop {
  const headers = names.map((name) => [name, 'x'] as const);
  const request = { method: 'GET', url, headers, body: undefined, bodyBytes };
  return { request, status: 302, statusText: '', headers: [], timings: { headers: 1 } };
}

test('what a redirect to another origin leaves behind is told by name', () => {
  const before = hop('https://a.test/x', ['Accept', 'Authorization', 'Cookie', 'Host', 'Content-Length'], 4);
  assert.deepEqual(redirectChange(before, hop('https://b.test/x', ['accept', 'host'])), {
    isElsewhere: true,
    dropped: ['Authorization', 'Cookie'],
    droppedBody: true,
  });
});

test('within an origin everything goes on, and another port is another origin', () => {
  const before = hop('https://a.test/x', ['Authorization']);
  const nothing = { isElsewhere: false, dropped: [], droppedBody: false };
  assert.deepEqual(redirectChange(before, hop('https://a.test/y', ['Authorization'])), nothing);
  assert.equal(redirectChange(before, hop('https://a.test:8443/y', ['Authorization'])).isElsewhere, true);
});

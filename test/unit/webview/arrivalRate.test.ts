import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrivalRate } from '../../../src/webview/arrivalRate';

void test('the rate is that of the last seconds, and nothing when nothing comes any more', () => {
  const rate = new ArrivalRate();
  assert.equal(rate.perSecond(0), undefined);
  rate.grew(1000, 0);
  assert.equal(rate.perSecond(100), undefined, 'nobody can tell yet');
  rate.grew(2000, 1000);
  assert.equal(rate.perSecond(1000), 1000);
  for (let at = 2000; at <= 10_000; at += 1000) rate.grew(at * 10, at);
  assert.equal(rate.perSecond(10_000), 10_000);
  assert.equal(rate.perSecond(20_000), 0);
  rate.forget();
  assert.equal(rate.perSecond(20_000), undefined);
});

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarize } from '../../tools/bench/measurement';

test('median of an odd and an even number of values, extremes, and the ratio of medians', () => {
  assert.deepEqual(summarize({ name: '', unit: 'ms', values: [9, 1, 4], baseline: [2, 1, 3, 2] }), {
    median: 4,
    p95: 9,
    min: 1,
    max: 9,
    ratio: 2,
  });
  assert.equal(summarize({ name: '', unit: 'ms', values: [1, 2, 3, 10] }).median, 2.5);
});

test('there is no ratio to nothing', () => {
  assert.equal(summarize({ name: '', unit: 'ms', values: [1] }).ratio, undefined);
  assert.equal(summarize({ name: '', unit: 'ms', values: [1], baseline: [0] }).ratio, undefined);
});

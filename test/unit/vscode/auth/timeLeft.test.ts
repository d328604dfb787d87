import assert from 'node:assert/strict';
import test from 'node:test';
import { timeLeft } from '../../../../src/vscode/auth/timeLeft';

test('whole minutes, then steps of ten seconds, each until the text is wrong', () => {
  for (const [milliseconds, unit, count, changesIn] of [
    [900_000, 'minutes', 15, 60_000],
    [899_999, 'minutes', 15, 59_999],
    [60_001, 'minutes', 2, 1],
    [60_000, 'seconds', 60, 10_000],
    [50_001, 'seconds', 60, 1],
    [10_000, 'seconds', 10, 10_000],
    [1, 'seconds', 10, 1],
    [0, 'seconds', 0, 0],
    [-5, 'seconds', 0, 0],
  ] as const) {
    assert.deepEqual(timeLeft(milliseconds), { unit, count, changesIn }, String(milliseconds));
  }
});

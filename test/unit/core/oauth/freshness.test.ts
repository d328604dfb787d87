import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isExpired, isRefreshDue } from '../../../../src/core/oauth/freshness';
import { tokenSetOf } from '../../../../src/core/oauth/tokenSet';

const obtainedAt = Date.UTC(2026, 0, 1);
const seconds = 1000;

function token(lifetime: number | undefined): ReturnType<typeof tokenSetOf> {
  return tokenSetOf({ access_token: 'a', token_type: 'bearer', expires_in: lifetime }, obtainedAt);
}

suite('freshness', () => {
  const rows: readonly [lifetime: number | undefined, age: number, due: boolean, expired: boolean][] = [
    [3600, 0, false, false],
    [3600, 3540, false, false],
    [3600, 3541, true, false],
    [3600, 3600, true, true],
    [60, 44, false, false],
    [60, 45, false, false],
    [60, 46, true, false],
    [1, 0, false, false],
    [undefined, 1e9, false, false],
    [0, 1e9, false, false],
    [3600, -30, false, false],
    [3600, -61, true, false],
  ];
  for (const [lifetime, age, due, expired] of rows) {
    test(`lifetime ${lifetime ?? 'unknown'}, ${age} s old [#leeway #expiry]`, () => {
      const now = obtainedAt + age * seconds;
      assert.equal(isRefreshDue(token(lifetime), now, 60 * seconds), due);
      assert.equal(isExpired(token(lifetime), now), expired);
    });
  }

  test('the buffer is a parameter [#leeway]', () => {
    assert.equal(isRefreshDue(token(3600), obtainedAt + 3000 * seconds, 700 * seconds), true);
    assert.equal(isRefreshDue(token(3600), obtainedAt + 3599 * seconds, 0), false);
  });
});

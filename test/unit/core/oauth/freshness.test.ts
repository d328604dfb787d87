import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isExpired, isRefreshDue, isRefreshExpired } from '../../../../src/core/oauth/freshness';
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
    [60, -14, false, false],
    [60, -16, true, false],
    [3600, 8 * 3600, true, true],
    [undefined, -1e9, false, false],
  ];
  for (const [lifetime, age, due, expired] of rows) {
    test(`lifetime ${lifetime ?? 'unknown'}, ${age} s old [#leeway #expiry]`, () => {
      const now = obtainedAt + age * seconds;
      assert.equal(isRefreshDue(token(lifetime), now, 60 * seconds), due);
      assert.equal(isExpired(token(lifetime), now), expired);
    });
  }

  test('what a JWT says of its end makes a refresh due and ends nothing', () => {
    const tokens = { ...token(undefined), hintedLifetime: 3600 * seconds };
    assert.equal(isRefreshDue(tokens, obtainedAt + 3539 * seconds, 60 * seconds), false);
    assert.equal(isRefreshDue(tokens, obtainedAt + 3541 * seconds, 60 * seconds), true);
    assert.equal(isExpired(tokens, obtainedAt + 9999 * seconds), false);
  });

  test('a refresh token ends when the server said so, and else never', () => {
    const tokens = { ...token(60), refreshExpiresAt: obtainedAt + 600 * seconds };
    assert.equal(isRefreshExpired(tokens, obtainedAt + 599 * seconds), false);
    assert.equal(isRefreshExpired(tokens, obtainedAt + 600 * seconds), true);
    assert.equal(isRefreshExpired(token(60), obtainedAt + 1e12), false);
  });

  test('the buffer is a parameter [#leeway]', () => {
    assert.equal(isRefreshDue(token(3600), obtainedAt + 3000 * seconds, 700 * seconds), true);
    assert.equal(isRefreshDue(token(3600), obtainedAt + 3599 * seconds, 0), false);
  });
});

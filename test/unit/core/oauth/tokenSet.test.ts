import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jwtExpiry } from '../../../../src/core/oauth/jwtExpiry';
import { retryAfterSeconds } from '../../../../src/core/oauth/retryAfter';
import { expiresAt, tokenSetOf, type TokenSet } from '../../../../src/core/oauth/tokenSet';
import { fc } from '../../../helpers/properties';

const now = Date.UTC(2026, 0, 1);

function tokens(more: Readonly<Record<string, unknown>>, serverNow?: number): TokenSet {
  return tokenSetOf({ access_token: 'opaque', token_type: 'bearer', ...more }, now, serverNow);
}

function jwt(claims: unknown): string {
  return ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

suite('lifetimes in a token response', () => {
  for (const [said, lifetime] of [
    [3600, 3_600_000],
    ['3600', 3_600_000],
    [' 3600 ', 3_600_000],
    [3599.7, 3_599_700],
    ['59.5', 59_500],
    [0.0001, 1],
    [0, undefined],
    ['0', undefined],
    [null, undefined],
    [undefined, undefined],
    [-1, undefined],
    ['', undefined],
    ['soon', undefined],
    [true, undefined],
    [{}, undefined],
    [NaN, undefined],
    [Infinity, undefined],
    [1e300, undefined],
    // A hundred years are taken at their word, more means "forever".
    [3_153_600_000, 3_153_600_000_000],
    [3_153_600_001, undefined],
  ] as const) {
    test(`expires_in ${JSON.stringify(said)}: ${lifetime ?? 'unknown'}`, () => {
      assert.equal(tokens({ expires_in: said }).lifetime, lifetime);
      assert.equal(tokens({ refresh_token_expires_in: said }).refreshExpiresAt, lifetime && now + lifetime);
    });
  }

  test('whatever is said, the end is a date or unknown', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (access, refresh) => {
        const set = tokens({ expires_in: access, refresh_expires_in: refresh });
        for (const end of [expiresAt(set), set.refreshExpiresAt]) {
          assert.ok(end === undefined || (end > now && !Number.isNaN(new Date(end).getTime())));
        }
      }),
    );
  });

  for (const member of ['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in']) {
    test(`the refresh token's end is read from ${member}`, () => {
      assert.equal(tokens({ [member]: 1800 }).refreshExpiresAt, now + 1_800_000);
    });
  }

  test('Keycloak says 0 for a refresh token without an end; another member may still say it', () => {
    assert.equal(tokens({ refresh_expires_in: 0 }).refreshExpiresAt, undefined);
    assert.equal(tokens({ refresh_token_expires_in: 0, refresh_expires_in: 60 }).refreshExpiresAt, now + 60_000);
  });
});

suite('the end inside a token', () => {
  const exp = now / 1000 + 600;

  test('is a hint where the server says nothing, by the server’s clock', () => {
    assert.equal(tokens({ access_token: jwt({ exp }) }).hintedLifetime, 600_000);
    assert.equal(tokens({ access_token: jwt({ exp }) }, now + 300_000).hintedLifetime, 300_000);
    assert.equal(tokens({ access_token: jwt({ exp }) }).lifetime, undefined);
  });

  test('is not looked at where the server says when, nor believed when it has passed', () => {
    assert.equal(tokens({ access_token: jwt({ exp }), expires_in: 60 }).hintedLifetime, undefined);
    assert.equal(tokens({ access_token: jwt({ exp: 1 }) }).hintedLifetime, undefined);
  });

  test('is read from a JWT and from nothing else', () => {
    assert.equal(jwtExpiry(jwt({ exp: 12.5, name: 'Zoë' })), 12.5);
    for (const text of ['', 'a.b', 'a.b.c', jwt('text'), jwt(null), jwt({ exp: '12' }), jwt({}), jwt([1])]) {
      assert.equal(jwtExpiry(text), undefined, text);
    }
  });

  test('whatever the token is, reading it never throws', () => {
    const part = fc.json().map((json) => `a.${Buffer.from(json).toString('base64url')}.c`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), part), (token) => {
        const end = jwtExpiry(token);
        return end === undefined || typeof end === 'number';
      }),
    );
  });
});

suite('how long a busy server wants to be left alone', () => {
  const date = (milliseconds: number): string => new Date(milliseconds).toUTCString();
  for (const [said, serverDate, seconds] of [
    ['120', undefined, 120],
    [' 7 ', undefined, 7],
    ['0', undefined, 5],
    [undefined, undefined, 5],
    ['', undefined, 5],
    ['-3', undefined, 5],
    ['soon', undefined, 5],
    ['999999', undefined, 3600],
    [date(now + 90_000), undefined, 90],
    [date(now - 90_000), undefined, 5],
    // A server whose clock is an hour ahead.
    [date(now + 3_690_000), date(now + 3_600_000), 90],
    [date(now + 90_000), 'nonsense', 90],
  ] as const) {
    test(`${said ?? 'nothing'}${serverDate === undefined ? '' : ` at ${serverDate}`}: ${seconds} s`, () => {
      assert.equal(retryAfterSeconds(said, serverDate, now), seconds);
    });
  }
});

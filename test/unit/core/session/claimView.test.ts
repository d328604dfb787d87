import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { secretMasker } from '../../../../src/core/http/secretMasker';
import { MASK, Secret } from '../../../../src/core/secret';
import { viewClaims, type ClaimView } from '../../../../src/core/session/claimView';
import { unsignedJwt } from '../../../helpers/oauth/jwt';
import { fc } from '../../../helpers/properties';

const mask = secretMasker([new Secret('the-access-token')]);

function view(claims: Record<string, unknown>, reveal = false): Readonly<Record<string, ClaimView>> {
  const { claims: list } = viewClaims(claims, { reveal, mask });
  return Object.fromEntries(list.map((claim) => [claim.name, claim]));
}

suite('claims for people', () => {
  test('what says about the token is shown, what says about the person is masked until it is revealed', () => {
    const claims = {
      iss: 'https://login',
      aud: ['api', 'web'],
      exp: 1_700_000_000,
      sub: 'u1',
      email: 'a@b',
      admin: true,
    };
    const masked = view(claims);
    assert.deepEqual(
      Object.values(masked).map(({ name, state, value }) => [name, state, value]),
      [
        ['iss', 'shown', 'https://login'],
        ['aud', 'shown', '["api", "web"]'],
        ['exp', 'shown', '1700000000'],
        ['sub', 'masked', ''],
        ['email', 'masked', ''],
        ['admin', 'masked', ''],
      ],
    );
    assert.equal(masked['exp']?.time, 1_700_000_000_000);
    const shown = view(claims, true);
    assert.deepEqual([shown['sub']?.value, shown['email']?.value, shown['admin']?.value], ['u1', 'a@b', 'true']);
  });

  test('a harmless name does not show what it should not hold', () => {
    const claims = view({ aud: { email: 'a@b' }, scope: [{ email: 'a@b' }], roles: null });
    assert.deepEqual(
      Object.values(claims).map(({ state }) => state),
      ['masked', 'masked', 'masked'],
    );
  });

  test('what seems to hold a secret is never shown', () => {
    const claims = view(
      {
        refresh_token: 'r',
        client_secret: 's',
        sessionId: 'i',
        nested: { inner: [unsignedJwt({ sub: 'somebody' })] },
        aud: unsignedJwt({}),
        note: 'sent the-access-token along',
      },
      true,
    );
    assert.deepEqual(
      Object.values(claims).map(({ state, value }) => [state, value]),
      [
        ['withheld', ''],
        ['withheld', ''],
        ['withheld', ''],
        ['withheld', ''],
        ['withheld', ''],
        ['shown', `sent ${MASK} along`],
      ],
    );
  });

  test('dates that no calendar has stay numbers', () => {
    const { exp, iat, nbf } = view({ exp: 1e300, iat: -1e300, nbf: '1700000000' });
    assert.deepEqual([exp?.time, iat?.time, nbf?.time], [undefined, undefined, undefined]);
    assert.equal(exp?.value, '1e+300');
  });

  test('control and direction-changing characters are gone, also from names', () => {
    const [claim] = viewClaims({ 'na\u202eme\n': 'a\u0000\u202eb\u001b[31m' }, { reveal: true, mask }).claims;
    assert.deepEqual([claim?.name, claim?.value], ['na me', 'a b [31m']);
  });

  test('stays small and quick whatever the claims are', () => {
    const depth = 20_000;
    const deep = JSON.parse(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`) as unknown;
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`claim${index}`, index]));
    const claims = { deep, long: 'x'.repeat(1_000_000), wide: Array.from({ length: 100_000 }, () => 'item'), ...many };
    const list = viewClaims(claims, { reveal: true, mask });
    assert.equal(list.claims.length, 100);
    assert.equal(list.left, 4_903);
    assert.ok(JSON.stringify(list).length < 20_000);
  });

  test('property: JSON in, bounded plain lines out, nothing shown that was not asked for', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('exp', 'sub', '__proto__', 'toString', 'aud'),
    );
    const claims = fc.dictionary(names, fc.jsonValue(), { maxKeys: 200 });
    fc.assert(
      fc.property(claims, fc.boolean(), (value, reveal) => {
        const list = viewClaims(value, { reveal, mask });
        assert.equal(list.claims.length + list.left, Object.keys(value).length);
        for (const claim of list.claims) {
          assert.ok(claim.name.length <= 101 && claim.value.length <= 2_001);
          assert.doesNotMatch(claim.name + claim.value, /[\p{Cc}\p{Cf}]/u);
          if (claim.state !== 'shown') assert.equal(claim.value, '');
        }
      }),
    );
  });
});

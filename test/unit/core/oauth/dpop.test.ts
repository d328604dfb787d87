import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { importDpopKey, newDpopKey, thumbprintOf } from '../../../../src/core/oauth/dpopKey';
import { accessTokenHash } from '../../../../src/core/oauth/dpopProof';
import { DpopProver } from '../../../../src/core/oauth/dpopProver';
import type { Header } from '../../../../src/core/ports';
import { Secret } from '../../../../src/core/secret';
import { ManualClock } from '../../../helpers/manualClock';
import { readProof, thumbprint } from '../../../helpers/oauth/dpopApi';
import { everythingIn } from '../../../helpers/requests';

const token = new Secret('Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU');
const url = new URL('https://api.acme.dev/orders/a%20b?status=open#top');

suite('the key', () => {
  test('its thumbprint is that of RFC 9449 §6.1', async () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
    };
    assert.equal(await thumbprintOf(jwk), '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });

  test('cannot be taken out again, and shows itself nowhere', async () => {
    const jwk = await newDpopKey();
    const key = await importDpopKey(jwk);
    assert.equal(key.privateKey.extractable, false);
    const { d } = JSON.parse(jwk.revealForTransport()) as { readonly d: string };
    assert.ok(d.length >= 42);
    const prover = new DpopProver(jwk, new ManualClock());
    await prover.prove('GET', url, token);
    assert.ok(
      !everythingIn([key, prover, jwk], (value) => inspect(value, { depth: 20, showHidden: true })).includes(d),
    );
  });
});

suite('a proof', () => {
  test('is tied to the token as in RFC 9449 §7.1', async () => {
    assert.equal(await accessTokenHash(token), 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo');
  });

  test('says method, address without query and fragment, time, token and nonce, and never the same twice [F9]', async () => {
    const clock = new ManualClock();
    const prover = await DpopProver.create(clock);
    const first = await prover.prove('POST', url, token);
    prover.learn(url, first, 200, [['DPoP-Nonce', 'n1']]);
    const second = await prover.prove('POST', url, token);
    const proofs = [first, second].map(({ value }) => readProof(value.revealForTransport()));
    for (const [index, { header, claims }] of proofs.entries()) {
      const { jti, ...rest } = claims;
      assert.match(String(jti), /^[\da-f-]{36}$/);
      assert.deepEqual(rest, {
        htm: 'POST',
        htu: 'https://api.acme.dev/orders/a%20b',
        iat: Math.floor(clock.now() / 1000),
        ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
        ...(index === 0 ? {} : { nonce: 'n1' }),
      });
      assert.equal(thumbprint(header['jwk']), await prover.thumbprint());
    }
    assert.notEqual(proofs[0]?.claims['jti'], proofs[1]?.claims['jti']);
  });

  test('uses a nonce only where it came from, and the newest [F9]', async () => {
    const prover = await DpopProver.create(new ManualClock());
    const elsewhere = new URL('https://api.acme.dev:8443/orders');
    const used = await prover.prove('GET', url, token);
    for (const nonce of ['n1', 'n2']) prover.learn(url, used, 200, [['dpop-nonce', nonce]]);
    const nonceAt = async (where: URL): Promise<unknown> =>
      readProof((await prover.prove('GET', where, token)).value.revealForTransport()).claims['nonce'];
    assert.equal(await nonceAt(url), 'n2');
    assert.equal(await nonceAt(elsewhere), undefined);
  });
});

suite('what an answer teaches', () => {
  const challenge = (error: string): Header => ['WWW-Authenticate', `Bearer, DPoP error="${error}"`];
  const date = (seconds: number): Header => ['Date', new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toUTCString()];
  const nonce: Header = ['DPoP-Nonce', 'new'];
  const table: readonly (readonly [string, number, readonly Header[], boolean])[] = [
    ['a nonce is wanted', 401, [challenge('use_dpop_nonce'), nonce], true],
    ['a nonce is wanted and none is given', 401, [challenge('use_dpop_nonce')], false],
    ['the proof is refused, with a nonce', 401, [challenge('invalid_dpop_proof'), nonce], true],
    ['the proof is refused, and the clocks differ', 401, [challenge('invalid_dpop_proof'), date(90)], true],
    ['the proof is refused, and the clocks agree', 401, [challenge('invalid_dpop_proof'), date(3)], false],
    ['the proof is refused without a date', 401, [challenge('invalid_dpop_proof')], false],
    ['the token is refused, with a nonce', 401, [challenge('invalid_token'), nonce, date(90)], false],
    ['there is no challenge', 401, [nonce, date(90)], false],
    ['it is no 401', 400, [challenge('use_dpop_nonce'), nonce], false],
    ['all is well', 200, [nonce, date(90)], false],
  ];
  for (const [title, status, headers, again] of table) {
    test(`${title}: ${again ? 'another proof is worth a try' : 'another proof would not help'} [F9]`, async () => {
      const prover = await DpopProver.create(new ManualClock(Date.UTC(2026, 0, 1)));
      const used = await prover.prove('GET', url, token);
      assert.equal(prover.learn(url, used, status, headers), again);
    });
  }

  test('the same once more teaches nothing, so nothing goes round in circles [F9]', async () => {
    const prover = await DpopProver.create(new ManualClock(Date.UTC(2026, 0, 1)));
    const wanted = [challenge('use_dpop_nonce'), nonce];
    const late = [challenge('invalid_dpop_proof'), date(90)];
    assert.equal(prover.learn(url, await prover.prove('GET', url, token), 401, wanted), true);
    assert.equal(prover.learn(url, await prover.prove('GET', url, token), 401, wanted), false);
    assert.equal(prover.learn(url, await prover.prove('GET', url, token), 401, late), true);
    assert.equal(prover.learn(url, await prover.prove('GET', url, token), 401, late), false);
  });

  test('a request that was under way beside the one that was taught learns it too', async () => {
    const prover = await DpopProver.create(new ManualClock());
    const [first, second] = await Promise.all([prover.prove('GET', url, token), prover.prove('GET', url, token)]);
    const wanted = [challenge('use_dpop_nonce'), nonce];
    assert.equal(prover.learn(url, first, 401, wanted), true);
    assert.equal(prover.learn(url, second, 401, wanted), true);
  });
});

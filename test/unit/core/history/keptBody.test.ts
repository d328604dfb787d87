import assert from 'node:assert/strict';
import test from 'node:test';
import { KEPT_BYTES, keptBody } from '../../../../src/core/history/keptBody';
import { openBodyView } from '../../../../src/core/response/openBodyView';
import { Secret } from '../../../../src/core/secret';
import { findCanaries } from '../../../helpers/leakSearch';
import { fc } from '../../../helpers/properties';

const canary = 'canary-3d9e71b0c2-straddles';

async function kept(text: string, contentType = 'text/plain'): ReturnType<typeof keptBody> {
  const bytes = new TextEncoder().encode(text);
  const body = {
    size: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
  const mask = [new Secret(canary)];
  const view = await openBodyView(body, { id: 'a', contentType, mask, pause: () => Promise.resolve() });
  return keptBody(body, view, mask);
}

test('a body that is small enough is kept whole, masked', async () => {
  assert.deepEqual(await kept(`{"echo":"${canary}"}`), { text: '{"echo":"••••••"}', isWhole: true });
});

test('what is no text is not kept', async () => {
  assert.equal(await kept('\u0000\u0001', 'image/png'), undefined);
});

test('property: a secret that the cut goes through leaves no part of itself behind', async () => {
  const form = fc.constantFrom(canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64'));
  await fc.assert(
    fc.asyncProperty(form, fc.integer({ min: -80, max: 10 }), fc.boolean(), async (secret, shift, twice) => {
      const before = 'x'.repeat(KEPT_BYTES + shift - (twice ? 2 * secret.length : secret.length));
      const text = `${twice ? secret : ''}${before}${secret}${'y'.repeat(200)}`;
      const result = await kept(text);
      assert.ok(result && !result.isWhole && result.text.length > KEPT_BYTES - 1000);
      // No beginning of it, either, that is long enough to tell.
      for (const part of [secret, secret.slice(0, 8)]) {
        assert.deepEqual(findCanaries([{ kind: 'secret', value: part }], [{ place: 'kept', text: result.text }]), []);
      }
    }),
    { numRuns: 40 },
  );
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CallbackRouter } from '../../../../src/core/oauth/callbackRouter';

const callback = (query: string): URL => new URL(`vscode://latchkey.latchkey/callback?${query}`);

suite('CallbackRouter', () => {
  test('brings a callback to whoever waits for its state, and leaves the rest alone', () => {
    const router = new CallbackRouter();
    const got: string[] = [];
    const first = router.register('one', (url) => got.push(`one ${url.search}`) > 0);
    router.register('two', () => false);
    assert.equal(router.deliver(callback('code=1&state=one')), true);
    assert.equal(router.deliver(callback('code=2&state=two')), false, 'the listener did not want it');
    for (const query of ['code=3', 'code=3&state=', 'code=3&state=three', 'code=3&state=on']) {
      assert.equal(router.deliver(callback(query)), false, query);
    }
    first.dispose();
    assert.equal(router.deliver(callback('code=4&state=one')), false, 'late');
    assert.deepEqual(got, ['one ?code=1&state=one']);
  });

  test('one of several states is enough to find the sign-in, which then judges', () => {
    const router = new CallbackRouter();
    const seen: string[][] = [];
    router.register('mine', (url) => seen.push(url.searchParams.getAll('state')) > 0);
    assert.equal(router.deliver(callback('state=x&state=mine')), true);
    assert.deepEqual(seen, [['x', 'mine']]);
  });
});

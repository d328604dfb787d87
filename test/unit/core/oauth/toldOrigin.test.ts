import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mayBeTold, toldOrigin } from '../../../../src/core/oauth/toldOrigin';
import { toldInCallback } from '../../../../src/core/oauth/quirks/toldBeside';
import { fc } from '../../../helpers/properties';

const rule = { captured: 'instance_url', within: 'my.acme.dev' };

suite('an origin that a server names', () => {
  for (const [told, origin] of [
    ['https://eu.my.acme.dev', 'https://eu.my.acme.dev'],
    ['https://eu--test.sandbox.my.acme.dev/services?x=1#y', 'https://eu--test.sandbox.my.acme.dev'],
    ['HTTPS://EU.My.Acme.Dev:443', 'https://eu.my.acme.dev'],
    ['http://eu.my.acme.dev', undefined],
    ['https://eu.my.acme.dev:8443', undefined],
    ['https://my.acme.dev', undefined],
    ['https://evilmy.acme.dev', undefined],
    ['https://my.acme.dev.evil.example', undefined],
    ['https://eu.my.acme.dev@evil.example', undefined],
    ['https://evil.example/.my.acme.dev', undefined],
    ['https://evil.example?.my.acme.dev', undefined],
    ['https://evil.example\\.my.acme.dev', undefined],
    ['https://eu.my.acme.dev.', undefined],
    ['eu.my.acme.dev', undefined],
    ['', undefined],
  ] as const) {
    test(`${JSON.stringify(told)}: ${origin ?? 'not believed'}`, () => {
      assert.equal(toldOrigin(rule, { instance_url: told }), origin);
    });
  }

  test('none is named where none may be, or nothing was kept', () => {
    assert.equal(toldOrigin(undefined, { instance_url: 'https://eu.my.acme.dev' }), undefined);
    assert.equal(toldOrigin(rule, { other: 'https://eu.my.acme.dev' }), undefined);
    assert.equal(toldOrigin(rule, undefined), undefined);
  });

  test('property: whatever is told, the host is below the domain, over https', () => {
    const texts = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.string().map((text) => `https://${text}.my.acme.dev/`),
    );
    fc.assert(
      fc.property(texts, (told) => {
        const origin = toldOrigin(rule, { instance_url: told });
        if (origin === undefined) return;
        assert.ok(mayBeTold(origin, rule));
        const { protocol, host } = new URL(origin);
        assert.ok(protocol === 'https:' && host.endsWith('.my.acme.dev'), origin);
      }),
    );
  });
});

suite('what a callback tells', () => {
  const captured = { company: 'realmId' };

  test('is kept by name, unless it comes twice, is empty or too long [#callbackMetadata]', () => {
    const read = (query: string): unknown => toldInCallback(new URLSearchParams(query), { captured });
    assert.deepEqual(read('code=c&state=s&realmId=91'), { captured: { company: '91' } });
    for (const query of ['code=c', 'realmId=', 'realmId=1&realmId=2', `realmId=${'9'.repeat(1001)}`]) {
      assert.deepEqual(read(query), {}, query.slice(0, 20));
    }
    assert.deepEqual(toldInCallback(new URLSearchParams('realmId=91'), undefined), {});
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkResource, documentationUrl, isWithin, scopeTokens } from '../../../../src/core/oauth/protectedResource';
import { fc } from '../../../helpers/properties';

suite('isWithin: which URLs belong to an API [F7]', () => {
  const cases = [
    ['https://api.acme.dev/orders', 'https://api.acme.dev', true],
    ['https://api.acme.dev/orders', 'https://api.acme.dev/', true],
    ['https://api.acme.dev/v1/orders?x=1', 'https://api.acme.dev/v1', true],
    ['https://api.acme.dev/v1', 'https://api.acme.dev/v1/', true],
    ['https://api.acme.dev:443/v1', 'https://API.acme.dev/v1', true],
    ['https://api.acme.dev/v10', 'https://api.acme.dev/v1', false],
    ['https://api.acme.dev/', 'https://api.acme.dev/v1', false],
    ['https://api.acme.dev/v1/../admin', 'https://api.acme.dev/v1', false],
    ['https://api.acme.dev/V1', 'https://api.acme.dev/v1', false],
    ['https://api.acme.dev.evil.example/v1', 'https://api.acme.dev/v1', false],
    ['https://api.acme.dev/v1', 'http://api.acme.dev/v1', false],
    ['https://api.acme.dev/v1?tenant=1', 'https://api.acme.dev/v1?tenant=1', true],
    ['https://api.acme.dev/v1?tenant=2', 'https://api.acme.dev/v1?tenant=1', false],
    ['https://api.acme.dev/v1', 'urn:acme:api', false],
    ['https://api.acme.dev/v1', '', false],
  ] as const;
  for (const [asked, resource, expected] of cases) {
    test(`${asked} ${expected ? 'is' : 'is not'} of ${resource || 'nothing'}`, () => {
      assert.equal(isWithin(new URL(asked), resource), expected);
    });
  }

  test('whatever an identifier is, it never reaches another origin', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.oneof(fc.webUrl(), fc.string()), (asked, resource) => {
        const url = new URL(asked);
        if (isWithin(url, resource)) assert.equal(new URL(resource).origin, url.origin);
      }),
    );
  });
});

suite('checkResource', () => {
  const asked = new URL('https://api.acme.dev/orders');
  const place = 'https://api.acme.dev/.well-known/oauth-protected-resource';

  test('metadata of any shape is judged, never believed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...members), fc.jsonValue()), (metadata) => {
        const given = { ...metadata, resource: asked.origin };
        let judged: ReturnType<typeof checkResource>;
        try {
          judged = checkResource(given, asked, place);
        } catch (error) {
          assert.match((error as { code: string }).code, /^api\./);
          return;
        }
        for (const issuer of judged.issuers) assert.match(issuer, /^https:\/\/[^?#]+$/);
        for (const scope of judged.scopes) assert.match(scope, /^[!#-[\]-~]+$/);
      }),
    );
  });

  test('no API elsewhere sends us to a server of this machine, and one of this machine may', () => {
    const servers = ['http://127.0.0.1:9000', 'https://localhost', 'http://login.localhost'];
    const metadata = { resource: asked.origin, authorization_servers: servers };
    assert.throws(() => checkResource(metadata, asked, place), { code: 'api.serversUnusable' });
    const local = new URL('http://localhost:8080/orders');
    const ours = { resource: local.origin, authorization_servers: servers };
    assert.deepEqual(checkResource(ours, local, place).issuers, servers);
  });

  test('a thousand servers are not read', () => {
    const servers = Array.from({ length: 1000 }, (_, index) => `https://login${index}.example`);
    const metadata = { resource: asked.origin, authorization_servers: servers };
    assert.equal(checkResource(metadata, asked, place).issuers.length, 20);
  });
});

const members = [
  'authorization_servers',
  'scopes_supported',
  'bearer_methods_supported',
  'dpop_bound_access_tokens_required',
  'resource_documentation',
];

test('scopes are those of RFC 6749 §3.3, each once', () => {
  assert.deepEqual(scopeTokens(['a', 'b c', '', 'a', 'q"', 'b\\', 'ü', 'https://x.dev/y', 'l'.repeat(201)]), [
    'a',
    'https://x.dev/y',
  ]);
});

test('only https pages are links', () => {
  assert.equal(documentationUrl('https://docs.acme.dev/'), 'https://docs.acme.dev/');
  for (const value of ['http://docs.acme.dev', 'command:x', 'https://a:b@docs.acme.dev', 'x', 7, null, undefined]) {
    assert.equal(documentationUrl(value), undefined);
  }
});

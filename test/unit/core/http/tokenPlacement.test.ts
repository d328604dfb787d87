import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { authorise } from '../../../../src/core/http/authorise';
import type { Exchange } from '../../../../src/core/http/exchange';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { redirectedRequest } from '../../../../src/core/http/redirects';
import { sendAuthorised, type TokenAccess } from '../../../../src/core/http/sendAuthorised';
import type { ConnectionConfig } from '../../../../src/core/oauth/model';
import type { TokenPlacement } from '../../../../src/core/oauth/quirks/quirks';
import { redact, revealForTransport, Secret } from '../../../../src/core/secret';
import { FakeTransport } from '../../../helpers/fakeTransport';
import {
  bearerToken,
  connectionTo,
  everythingIn,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../../helpers/requests';
import { fc } from '../../../helpers/properties';

const TOKEN = 'canary+3f9a/7c51=';
const ENCODED = 'canary%2B3f9a%2F7c51%3D';

function placed(placement: TokenPlacement | undefined, changes: Partial<HttpRequest> = {}): HttpRequest {
  return httpRequest('https://a.test/one?q=1', {
    auth: { ...withConnection, ...{ placement } } as HttpRequest['auth'],
    ...changes,
  });
}

function authorised(request: HttpRequest, connection: Partial<ConnectionConfig> = {}): HttpRequest {
  return authorise(request, bearerToken(TOKEN), { ...connectionTo('https://a.test'), ...connection }).request;
}

suite('where a token goes', () => {
  test('never into the query unless the file says so [F5]', () => {
    for (const preset of [undefined, 'github', 'slack', 'notion', 'nobody']) {
      const { url } = authorised(placed(undefined), { preset });
      assert.equal(url, 'https://a.test/one?q=1');
    }
  });

  test('into the query where the file says so, as a secret', () => {
    for (const name of ['access_token', 'token', 'a b']) {
      const { url, headers } = authorised(placed({ in: 'query', name }));
      assert.ok(url instanceof Secret);
      assert.equal(revealForTransport(url), `https://a.test/one?q=1&${name.replace(' ', '+')}=${ENCODED}`);
      assert.doesNotMatch(redact(url), /canary/);
      assert.deepEqual(headers, []);
    }
    const bare = authorised({ ...placed({ in: 'query', name: 't' }), url: 'https://a.test/' });
    assert.equal(revealForTransport(bare.url), `https://a.test/?t=${ENCODED}`);
  });

  test('into another header, bare; into Authorization with its scheme [#tokenHeader]', () => {
    const [name, value] = authorised(placed({ in: 'header', name: 'X-Access-Token' })).headers.at(-1) ?? [];
    assert.equal(name, 'X-Access-Token');
    assert.ok(value instanceof Secret);
    assert.equal(revealForTransport(value), TOKEN);
    const [, usual] = authorised(placed({ in: 'header', name: 'authorization' })).headers.at(-1) ?? [];
    assert.equal(revealForTransport(usual ?? ''), `Bearer ${TOKEN}`);
  });

  test('a request that has already what is to carry the token is refused', () => {
    const refused = { code: 'http.authorizationAlreadySet' };
    assert.throws(() => authorised(placed({ in: 'query', name: 'q' })), refused);
    const own = { headers: [['x-access-token', 'mine']] } as const;
    assert.throws(() => authorised(placed({ in: 'header', name: 'X-Access-Token' }, own)), refused);
    // Another header than the token's is the file's own affair.
    const other = authorised(
      placed({ in: 'header', name: 'X-Access-Token' }, { headers: [['Authorization', 'Basic x']] }),
    );
    assert.equal(other.headers.length, 2);
  });

  test('with the headers that a provider wants beside it, unless the file has its own [#quirkApiRequest]', () => {
    const notion = authorised(placed(undefined), { preset: 'notion' }).headers;
    assert.deepEqual(
      notion.map(([name]) => name),
      ['Notion-Version', 'Authorization'],
    );
    const own = authorised(placed(undefined, { headers: [['notion-version', '2022-06-28']] }), { preset: 'notion' });
    assert.deepEqual(own.headers[0], ['notion-version', '2022-06-28']);
    assert.equal(own.headers.length, 2);
    const twitch = authorised(placed(undefined), { preset: 'twitch', clientId: 'me' }).headers;
    assert.deepEqual(twitch[0], ['Client-Id', 'me']);
  });
});

class OneRenewal implements TokenAccess {
  freshToken = () => Promise.resolve(bearerToken(TOKEN));
  renew = () => Promise.resolve(bearerToken('canary-second'));
}

async function send(transport: FakeTransport, placement: TokenPlacement): Promise<Exchange> {
  const dependencies = sendDependencies(transport);
  return sendAuthorised(placed(placement), connectionTo('https://a.test'), new OneRenewal(), dependencies, {
    signal: neverAborted,
  });
}

suite('a token in the query', () => {
  const inQuery: TokenPlacement = { in: 'query', name: 'access_token' };

  test('is masked wherever it is shown, also where a server repeats it', async () => {
    const exchange = await send(
      new FakeTransport(() => ({
        status: 200,
        headers: [
          ['X-Echo', ENCODED],
          ['X-Plain', TOKEN],
        ],
        body: 'yes',
      })),
      inQuery,
    );
    assert.match(exchange.request.url, /^https:\/\/a\.test\/one\?q=1&access_token=•+$/);
    assert.doesNotMatch(everythingIn(exchange, inspect), /canary/);
  });

  test('stays on a redirect of its own origin that repeats it, and is dropped on one to another [F7]', async () => {
    const urls: string[] = [];
    const transport = new FakeTransport(({ url }) => {
      const text = revealForTransport(url);
      urls.push(text);
      if (text.includes('/one')) return { status: 302, headers: [['Location', `/two?access_token=${ENCODED}`]] };
      if (text.includes('/two')) {
        const location = `https://b.test/x?a=1&access_token=${ENCODED}&again=${TOKEN}&b=2`;
        return { status: 302, headers: [['Location', location]] };
      }
      return { status: 200, body: 'there' };
    });
    const exchange = await send(transport, inQuery);
    assert.deepEqual(urls.slice(1), [`https://a.test/two?access_token=${ENCODED}`, 'https://b.test/x?a=1&b=2']);
    assert.doesNotMatch(everythingIn(exchange, inspect), /canary/);
    assert.deepEqual(
      exchange.hops.map(({ withToken }) => withToken),
      [true, true, undefined],
    );
  });

  test('is in no redirect to another origin, whatever it is made of and however it is encoded [F7]', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: 'grapheme-ascii' }), fc.boolean(), (token, form) => {
        const { request } = authorise(placed(inQuery), bearerToken(token), connectionTo('https://a.test'));
        const encoded = form ? new URLSearchParams({ again: token }).toString() : `again=${encodeURIComponent(token)}`;
        const location = `https://b.test/x?keep=1&${encoded}`;
        const next = redirectedRequest({ ...request, body: undefined }, 302, [['Location', location]]);
        assert.equal(next?.url, 'https://b.test/x?keep=1');
      }),
    );
  });

  for (const placement of [inQuery, { in: 'header', name: 'X-Token' }] as const) {
    test(`that is refused in the ${placement.in} is renewed and sent once more [#renewOn401]`, async () => {
      const transport = new FakeTransport(({ url, headers }) => {
        const all = [url, ...headers.map(([, value]) => value)].map(revealForTransport).join(' ');
        return all.includes('canary-second') ? { status: 200, body: 'yes' } : { status: 401, body: 'no' };
      });
      const { outcome, hops } = await send(transport, placement);
      assert.equal(outcome.kind === 'response' && outcome.response.status, 200);
      assert.equal(hops.length, 2);
    });
  }
});

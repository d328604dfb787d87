import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import test, { suite, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { errorTemplate, type ErrorCode } from '../../../src/core/errors';
import type { Exchange } from '../../../src/core/http/exchange';
import type { Proxy } from '../../../src/core/http/proxy';
import { formatTemplate } from '../../../src/core/text/template';
import {
  demandingClients,
  refusedPort,
  startHttp,
  startHttps,
  startRaw,
  startScript,
  startTransport,
  type LocalServer,
} from '../../helpers/localServers';
import { basic, proxyAt, startProxy, type ProxyServerOptions } from '../../helpers/proxyServer';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';
import { securedWith } from '../../helpers/tlsProfiles';

const ca = ['authority.pem'];

interface Origin extends LocalServer {
  readonly received: IncomingHttpHeaders[];
}

/** Answers with the path, and keeps the headers it got. */
async function startOrigin(t: TestContext, scheme: 'http' | 'https'): Promise<Origin> {
  const received: IncomingHttpHeaders[] = [];
  const server = await (
    scheme === 'http' ? startHttp : (c: TestContext, h: Parameters<typeof startHttp>[1]) => startHttps(c, 'valid', h)
  )(t, (request, response) => {
    received.push(request.headers);
    response.end(`${request.method} ${request.url}`);
  });
  return { ...server, received };
}

function send(t: TestContext, url: string, proxy: Proxy | undefined): Promise<Exchange> {
  return exchangeWith(securedWith(startTransport(t, { proxy: () => proxy }), { ca }), url);
}

function assertTold(exchange: Exchange, code: ErrorCode, data: Readonly<Record<string, string>>): void {
  assert.equal(endOf(exchange), code);
  for (const [name, value] of Object.entries(data)) assert.equal(dataOf(exchange)[name], value);
  const { message, next } = errorTemplate(code);
  const text = formatTemplate(`${message} ${next}`, dataOf(exchange));
  assert.doesNotMatch(text, /[{}]|undefined|\(\)/);
  assert.ok(text.includes(data['setting'] ?? 'http.proxy'), text);
}

suite('through a proxy', () => {
  test('a plain request goes to it with its whole URL', async (t) => {
    const [origin, proxy] = [await startOrigin(t, 'http'), await startProxy(t)];
    assert.equal(await textOf(await send(t, `${origin.origin}/a?b=c`, proxy.as())), 'GET /a?b=c');
    assert.deepEqual(proxy.seen, [`GET ${origin.origin}/a?b=c`]);
    assert.equal(origin.received[0]?.host, new URL(origin.origin).host);
  });

  for (const secure of [false, true]) {
    test(`a secure one through a tunnel, of which the ${secure ? 'https' : 'http'} proxy reads nothing`, async (t) => {
      const [origin, proxy] = [await startOrigin(t, 'https'), await startProxy(t, { secure })];
      const exchange = await send(t, `${origin.origin}/canary-path`, proxy.as({ strictSsl: false }));
      assert.equal(await textOf(exchange), 'GET /canary-path');
      assert.deepEqual(proxy.seen, [`CONNECT ${new URL(origin.origin).host}`]);
      assert.ok(proxy.tunnelled().length > 100 && !proxy.tunnelled().includes('canary'));
      const { connect, tls, headers } = exchange.hops[0]?.timings ?? { headers: 0 };
      assert.ok(connect !== undefined && tls !== undefined && connect <= tls && tls <= headers);
    });
  }

  for (const scheme of ['http', 'https'] as const) {
    test(`its credentials go to it and never to the ${scheme} server, nor into what is shown`, async (t) => {
      const origin = await startOrigin(t, scheme);
      const proxy = await startProxy(t, { credentials: 'me:canary' });
      const exchange = await send(t, origin.origin, proxy.as(basic('me:canary')));
      assert.equal(endOf(exchange), '200');
      assert.equal(origin.received.length, 1);
      assert.equal(origin.received[0]?.['proxy-authorization'], undefined);
      const secret = Buffer.from('me:canary').toString('base64');
      const everything = JSON.stringify(exchange) + inspect(exchange, { depth: 9 });
      assert.ok(!everything.includes(secret) && !everything.includes('canary'));
      const shown = exchange.request.headers.some(([name]) => name === 'Proxy-Authorization');
      assert.equal(shown, scheme === 'http');
    });
  }

  test('connections through it are kept and used again, apart from others', async (t) => {
    const origin = await startOrigin(t, 'https');
    const [first, second] = [await startProxy(t), await startProxy(t)];
    let proxy: Proxy | undefined = first.as();
    const transport = securedWith(startTransport(t, { proxy: () => proxy }), { ca });
    for (const next of [first.as(), first.as(), second.as(), undefined, first.as()]) {
      proxy = next;
      assert.equal(endOf(await exchangeWith(transport, origin.origin)), '200');
    }
    assert.deepEqual([first.seen.length, second.seen.length, origin.connections()], [1, 1, 3]);
  });

  for (const scheme of ['http', 'https'] as const) {
    test(`one that was made unchecked is not used once its proxy is checked, to ${scheme}`, async (t) => {
      const [origin, proxy] = [await startOrigin(t, scheme), await startProxy(t, { secure: true })];
      let strictSsl = false;
      const transport = securedWith(startTransport(t, { proxy: () => proxy.as({ strictSsl }) }), { ca });
      assert.equal(endOf(await exchangeWith(transport, origin.origin)), '200');
      strictSsl = true;
      assert.equal(endOf(await exchangeWith(transport, origin.origin)), 'http.proxyUntrusted');
    });
  }

  test('a redirect asks again which way to go', async (t) => {
    const origin = await startOrigin(t, 'http');
    const start = await startHttp(t, (_request, response) =>
      response.writeHead(302, { location: origin.origin }).end(),
    );
    const proxy = await startProxy(t);
    const transport = startTransport(t, { proxy: (url) => (url.origin === origin.origin ? proxy.as() : undefined) });
    assert.equal(await textOf(await exchangeWith(transport, start.origin)), 'GET /');
    assert.deepEqual(proxy.seen, [`GET ${origin.origin}/`]);
  });

  test('a client certificate is shown to the server behind it', async (t) => {
    const origin = await startHttps(t, 'valid', (_request, response) => response.end('in'), demandingClients());
    const proxy = await startProxy(t);
    const files = { ca, cert: 'client.pem', key: 'client.key.pem' };
    const transport = securedWith(startTransport(t, { proxy: () => proxy.as() }), files);
    assert.equal(await textOf(await exchangeWith(transport, origin.origin)), 'in');
  });

  test('the certificate of the server is checked as ever', async (t) => {
    const origin = await startHttps(t, 'wrongHost', (_request, response) => response.end());
    assert.equal(endOf(await send(t, origin.origin, (await startProxy(t)).as())), 'http.tlsWrongHost');
  });

  test('a large body in both directions', async (t) => {
    const origin = await startHttps(t, 'valid', (request, response) => void request.pipe(response));
    const proxy = await startProxy(t);
    const transport = securedWith(startTransport(t, { proxy: () => proxy.as() }), { ca });
    const body = new Uint8Array(3 << 20).fill(65);
    const exchange = await exchangeWith(transport, origin.origin, { method: 'POST', body });
    assert.equal((await textOf(exchange)).length, body.length);
  });
});

suite('what goes wrong with a proxy', () => {
  test('nothing answers there', async (t) => {
    const port = await refusedPort(t);
    for (const scheme of ['http', 'https'] as const) {
      const exchange = await send(t, `${scheme}://api.acme.dev/`, proxyAt(port, { setting: 'HTTPS_PROXY' }));
      assertTold(exchange, 'http.proxyRefused', { proxy: `127.0.0.1:${port}`, setting: 'HTTPS_PROXY' });
    }
  });

  test('its name is unknown', async (t) => {
    const exchange = await send(t, 'https://api.acme.dev/', proxyAt(3128, { hostname: 'no-such-proxy.invalid' }));
    assertTold(exchange, 'http.proxyUnreachable', { proxy: 'no-such-proxy.invalid:3128', setting: 'http.proxy' });
  });

  for (const scheme of ['http', 'https'] as const) {
    for (const [who, credentials] of [
      ['nobody', undefined],
      ['somebody else', 'me:wrong'],
    ] as const) {
      test(`it wants credentials: ${scheme}, from ${who}`, async (t) => {
        const origin = await startOrigin(t, scheme);
        const proxy = await startProxy(t, { credentials: 'me:right' });
        const exchange = await send(t, origin.origin, proxy.as(credentials === undefined ? {} : basic(credentials)));
        assertTold(exchange, 'http.proxyAuthorizationRequired', { setting: 'http.proxy' });
        assert.deepEqual(origin.received, []);
      });
    }
  }

  test('a 407 of the server itself is an answer', async (t) => {
    const origin = await startHttp(t, (_request, response) => response.writeHead(407).end());
    assert.equal(endOf(await exchangeWith(startTransport(t), origin.origin)), '407');
  });

  const refusals: Readonly<Record<string, ProxyServerOptions>> = {
    'HTTP 403': { refuses: 403 },
    'HTTP 502': { refuses: 502 },
  };
  for (const [reason, options] of Object.entries(refusals)) {
    test(`it makes no tunnel: ${reason}`, async (t) => {
      const exchange = await send(t, 'https://api.acme.dev/', (await startProxy(t, options)).as());
      assertTold(exchange, 'http.proxyTunnelRefused', { reason });
    });
  }

  for (const [reason, answer] of [
    ['its answer is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['its answer does not end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`],
    ['the proxy hung up', ''],
  ] as const) {
    test(`something else answers there: ${reason}`, async (t) => {
      const server = await startScript(t, answer, answer === '' ? 'end' : 'keep');
      const exchange = await send(t, 'https://api.acme.dev/', proxyAt(server.port));
      assertTold(exchange, 'http.proxyTunnelRefused', { reason });
      await server.allClosed();
    });
  }

  test('its own certificate is not trusted, unless that is not asked for', async (t) => {
    const proxy = await startProxy(t, { secure: true });
    const origin = await startOrigin(t, 'https');
    assertTold(await send(t, origin.origin, proxy.as()), 'http.proxyUntrusted', { setting: 'http.proxy' });
    assert.equal(endOf(await send(t, origin.origin, proxy.as({ strictSsl: false }))), '200');
  });

  test('cancelling while it makes a tunnel closes the connection', async (t) => {
    const controller = new AbortController();
    const server = await startRaw(t, (socket) => socket.once('data', () => controller.abort()));
    const transport = startTransport(t, { proxy: () => proxyAt(server.port) });
    const exchange = await exchangeWith(transport, 'https://api.acme.dev/', {}, { signal: controller.signal });
    assert.deepEqual(exchange.outcome, { kind: 'cancelled' });
    await server.allClosed();
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import type { OpenRedirect } from '../../../src/core/oauth/signInPorts';
import { LoopbackRedirect } from '../../../src/node/loopbackRedirect';
import { connectionWith } from '../../helpers/oauth/connection';

const unchanged = (uri: string): Promise<string> => Promise.resolve(uri);
const never = new AbortController().signal;

async function open(path = '/callback'): Promise<OpenRedirect> {
  const connection = connectionWith({ redirect: { kind: 'loopback', ports: [], path } });
  return new LoopbackRedirect(unchanged).open(connection, 'state', never);
}

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
const families = hasIpv6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends raw bytes, as a browser never would, and returns the whole answer. */
async function raw(uri: string, request: string): Promise<string> {
  const socket = createConnection(Number(new URL(uri).port), '127.0.0.1');
  socket.end(request.replaceAll('\n', '\r\n'));
  return text(socket);
}

suite('the loopback redirect', () => {
  test('the callback that was waited for gets a page with nothing of the request in it, then the port closes [R4 R8]', async () => {
    const redirect = await open();
    const got: string[] = [];
    redirect.onCallback((url) => got.push(url.href) > 0);
    const response = await fetch(`${redirect.uri}?code=c0de&state=<script>alert(1)</script>`);
    const page = await response.text();
    assert.equal(response.status, 200);
    assert.deepEqual(got, [`${redirect.uri}?code=c0de&state=%3Cscript%3Ealert(1)%3C/script%3E`]);
    assert.doesNotMatch(page, /c0de|alert/);
    assert.match(page, /You can close this tab and return to the editor/);
    assert.match(page, /prefers-color-scheme:\s*dark/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('connection'), 'close');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/,
    );
    await redirect.close();
    await assert.rejects(fetch(redirect.uri));
  });

  test('everything else gets a 4xx and changes nothing [R10]', async () => {
    const redirect = await open();
    const { host } = new URL(redirect.uri);
    assert.equal((await fetch(redirect.uri)).status, 400, 'before anybody waits');
    const got: URL[] = [];
    redirect.onCallback((url) => url.searchParams.get('state') === 'right' && got.push(url) > 0);
    const right = '?code=c&state=right';
    const rows: readonly [status: number, line: string, hostHeader: string][] = [
      [400, 'GET /callback?code=c&state=wrong', host],
      [400, 'GET /callback', host],
      [404, `GET /${right}`, host],
      [404, `GET /callback/${right}`, host],
      [404, `GET /Callback${right}`, host],
      [404, `GET http://evil.example/callback${right}`, host],
      [404, `GET //evil.example/callback${right}`, host],
      [405, `POST /callback${right}`, host],
      [405, `HEAD /callback${right}`, host],
      [405, `OPTIONS /callback${right}`, host],
      [421, `GET /callback${right}`, 'evil.example'],
      [421, `GET /callback${right}`, `localhost:${new URL(redirect.uri).port}`],
      [421, `GET /callback${right}`, '127.0.0.1'],
    ];
    for (const [status, line, hostHeader] of rows) {
      const answer = await raw(redirect.uri, `${line} HTTP/1.1\nHost: ${hostHeader}\n\n`);
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), `${line} ${hostHeader}`);
      assert.doesNotMatch(answer, /evil|right/);
    }
    assert.deepEqual(got, []);
    assert.equal((await fetch(redirect.uri + right)).status, 200);
    assert.equal(got.length, 1);
    await redirect.close();
  });

  test('a connection may have a path of its own, where no answer of another server arrives [X4]', async () => {
    const redirect = await open('/acme/callback');
    const got: URL[] = [];
    redirect.onCallback((url) => got.push(url) > 0);
    assert.match(redirect.uri, /^http:\/\/127\.0\.0\.1:\d+\/acme\/callback$/);
    for (const path of ['/callback', '/other/callback', '/acme/callback/']) {
      assert.equal((await fetch(new URL(`${path}?code=c&state=s`, redirect.uri))).status, 404, path);
    }
    assert.deepEqual(got, []);
    assert.equal((await fetch(`${redirect.uri}?code=c&state=s`)).status, 200);
    await redirect.close();
  });

  test('a second hit is too late [A7]', async () => {
    const redirect = await open();
    let hits = 0;
    redirect.onCallback(() => ++hits > 0);
    const both = await Promise.allSettled([fetch(redirect.uri), fetch(redirect.uri)]);
    const statuses = both.map((result) => (result.status === 'fulfilled' ? result.value.status : 0));
    assert.equal(statuses.filter((status) => status === 200).length, 1);
    assert.equal(hits, 1);
    await redirect.close();
  });

  test('it listens on 127.0.0.1 only [R3 R4]', async () => {
    const redirect = await open();
    const { port } = new URL(redirect.uri);
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const addresses = others
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
      .map(({ address }) => address);
    for (const address of [...addresses, '127.0.0.2']) {
      const socket = createConnection(Number(port), address);
      const [error] = (await once(socket, 'error')) as [Error & { code?: string }];
      assert.ok(
        ['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH'].includes(error.code ?? ''),
        `${address} ${error.code ?? ''}`,
      );
    }
    await redirect.close();
  });

  test('closing cuts off whoever only keeps a connection, and may be done twice [R4]', async () => {
    const redirect = await open();
    const idle = createConnection(Number(new URL(redirect.uri).port), '127.0.0.1');
    await once(idle, 'connect');
    const ended = once(idle, 'close');
    idle.resume();
    await Promise.all([redirect.close(), redirect.close()]);
    await ended;
  });

  test('an address that the browser cannot reach as it is: refused, and nothing stays open [R4]', async () => {
    for (const external of ['http://localhost:1/callback', 'https://x.github.dev/callback', 'not a url']) {
      let asked = '';
      const strategy = new LoopbackRedirect((uri) => {
        asked = uri;
        return Promise.resolve(external);
      });
      await assert.rejects(strategy.open(connectionWith(), 's', never), { code: 'oauth.redirectUnavailable' });
      assert.match(asked, /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
      await assert.rejects(fetch(asked));
    }
    const broken = new LoopbackRedirect(() => Promise.reject(new Error('no tunnel')));
    await assert.rejects(broken.open(connectionWith(), 's', never), {
      code: 'oauth.redirectUnavailable',
      message: /no tunnel/,
    });
  });

  test('the near end of a tunnel at another port: its address is the redirect URI and the Host [R1 R10]', async () => {
    let far = '';
    const strategy = new LoopbackRedirect((uri) => {
      far = uri;
      return Promise.resolve('http://127.0.0.1:1/callback');
    });
    const redirect = await strategy.open(connectionWith(), 's', never);
    assert.equal(redirect.uri, 'http://127.0.0.1:1/callback');
    redirect.onCallback(() => true);
    const { host } = new URL(far);
    assert.match(await raw(far, `GET /callback HTTP/1.1\nHost: ${host}\n\n`), /^HTTP\/1.1 421 /);
    assert.match(await raw(far, 'GET /callback HTTP/1.1\nHost: 127.0.0.1:1\n\n'), /^HTTP\/1.1 200 /);
    await redirect.close();
  });

  test('a port that has to survive the tunnel and does not: refused, and the port is free again [R1 R4]', async () => {
    const free = await freePort();
    const redirect = { kind: 'loopback', ports: [free], path: '/callback' } as const;
    const tunnel = new LoopbackRedirect(() => Promise.resolve('http://127.0.0.1:1/callback'));
    await assert.rejects(tunnel.open(connectionWith({ redirect }), 's', never), { code: 'oauth.redirectUnavailable' });
    const direct = await new LoopbackRedirect(unchanged).open(connectionWith({ redirect }), 's', never);
    assert.equal(direct.uri, `http://127.0.0.1:${free}/callback`);
    await direct.close();
  });

  test('a machine without 127.0.0.1 listens on ::1, where it has that [R3]', async () => {
    // An address of documentation (RFC 5737) is nobody's, as 127.0.0.1 is where there is no IPv4.
    const strategy = new LoopbackRedirect(unchanged, ['203.0.113.7', '::1']);
    if (hasIpv6) {
      const redirect = await strategy.open(connectionWith(), 's', never);
      assert.match(redirect.uri, /^http:\/\/\[::1\]:\d+\/callback$/);
      const got: string[] = [];
      redirect.onCallback((url) => got.push(url.href) > 0);
      assert.equal((await fetch(`${redirect.uri}?code=c`)).status, 200);
      assert.deepEqual(got, [`${redirect.uri}?code=c`]);
      await redirect.close();
    }
    await assert.rejects(
      new LoopbackRedirect(unchanged, ['203.0.113.7', '2001:db8::7']).open(connectionWith(), 's', never),
      {
        code: 'EADDRNOTAVAIL',
      },
    );
  });

  test('a provider that wants the name: whatever families there are answer at one port, to that name only', async () => {
    const connection = connectionWith({ redirectRules: { loopbackHost: 'localhost' } });
    const redirect = await new LoopbackRedirect(unchanged).open(connection, 's', never);
    assert.match(redirect.uri, /^http:\/\/localhost:\d+\/callback$/);
    const { host, port } = new URL(redirect.uri);
    for (const address of families) {
      assert.equal((await fetch(`http://${address}:${port}/callback`)).status, 421, address);
    }
    redirect.onCallback(() => true);
    assert.match(await raw(redirect.uri, `GET /callback HTTP/1.1\nHost: ${host}\n\n`), /^HTTP\/1.1 200 /);
    await redirect.close();
    for (const address of families) await assert.rejects(fetch(`http://${address}:${port}/callback`));
  });

  test('a provider that compares ports gets one of the fixed ones, unless the client is registered for the sign-in [R1]', async () => {
    const redirectRules = { loopback: 'exactPort' } as const;
    const fixed = await new LoopbackRedirect(unchanged).open(
      connectionWith({ redirectRules, clientId: 'app' }),
      's',
      never,
    );
    assert.match(fixed.uri, /^http:\/\/127\.0\.0\.1:2821[89]\/callback$/);
    await fixed.close();
    const any = await new LoopbackRedirect(unchanged).open(connectionWith({ redirectRules }), 's', never);
    assert.doesNotMatch(any.uri, /:2821[89]\//);
    await any.close();
  });

  test('cancelled before it opens', async () => {
    await assert.rejects(new LoopbackRedirect(unchanged).open(connectionWith(), 's', AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});

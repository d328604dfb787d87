import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import test, { type TestContext } from 'node:test';
import { withoutConnection } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest, RequestAuth } from '../../../src/core/http/httpRequest';
import { sendExchange, type SendDependencies } from '../../../src/core/http/sendExchange';
import { DigestNonces } from '../../../src/core/http/signing/digestNonces';
import { Secret } from '../../../src/core/secret';
import { workspaceFileContents } from '../../../src/node/workspaceFiles';
import { startDigestServer, USER, type DigestServerOptions } from '../../helpers/digestServer';
import { composed } from '../../helpers/filesBody';
import { startHttp, startTransport } from '../../helpers/localServers';
import { httpRequest, neverAborted, sendDependencies } from '../../helpers/requests';
import { endOf } from '../../helpers/sending';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const auth: RequestAuth = { kind: 'digest', username: USER.name, password: new Secret(USER.password) };

function dependencies(t: TestContext): SendDependencies {
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const digestNonces = new DigestNonces();
  return { ...sendDependencies(startTransport(t)), random, files: workspaceFileContents, digestNonces };
}

function send(shared: SendDependencies, url: string, changes: Partial<HttpRequest> = {}): Promise<Exchange> {
  return sendExchange(withoutConnection(httpRequest(url, { auth, ...changes })), shared, { signal: neverAborted });
}

for (const algorithm of [undefined, 'MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess']) {
  for (const [title, more] of [
    ['', { qop: 'auth' }],
    [', the body included', { qop: 'auth-int' }],
    [', the name hashed', { qop: 'auth-int, auth', userhash: true }],
  ] as const satisfies readonly (readonly [string, DigestServerOptions])[]) {
    test(`${algorithm ?? 'no algorithm'}${title}: asked once, answered from then on`, async (t) => {
      const server = await startDigestServer(t, { algorithm, ...more });
      const shared = dependencies(t);
      const body = new TextEncoder().encode('grüße');
      const first = await send(shared, `${server.origin}/a?b=c%20d`, { method: 'POST', body });
      assert.equal(endOf(first), '200');
      assert.equal(endOf(await send(shared, `${server.origin}/e`, { method: 'PUT', body })), '200');
      assert.deepEqual(server.log, ['POST /a?b=c%20d 401 -', 'POST /a?b=c%20d 200 1', 'PUT /e 200 2']);
      assert.deepEqual(
        new Set(server.bodies.map((text) => Buffer.from(text, 'latin1').toString())),
        new Set(['grüße']),
      );
      assert.match(
        first.request.headers.find(([name]) => name === 'Authorization')?.[1] ?? '',
        /^Digest .*response="••••••"/,
      );
      assert.doesNotMatch(JSON.stringify(first), /canary/);
    });
  }
}

test('a server of RFC 2069, which knows no qop', async (t) => {
  const server = await startDigestServer(t, {});
  const shared = dependencies(t);
  assert.equal(endOf(await send(shared, server.origin)), '200');
  assert.equal(endOf(await send(shared, server.origin)), '200');
  assert.deepEqual(server.log, ['GET / 401 -', 'GET / 200 -', 'GET / 200 -']);
});

for (const silent of [false, true]) {
  test(`a nonce that has come to its end is changed${silent ? ', also when the server does not say so' : ''}`, async (t) => {
    const server = await startDigestServer(t, { qop: 'auth', uses: 1, silent });
    const shared = dependencies(t);
    assert.equal(endOf(await send(shared, server.origin)), '200');
    const second = await send(shared, server.origin);
    assert.equal(endOf(second), '200');
    assert.deepEqual(server.log, ['GET / 401 -', 'GET / 200 1', 'GET / 401 2', 'GET / 200 1']);
    assert.equal(second.hops.length, 2);
  });
}

test('the next nonce is taken as the server names it', async (t) => {
  const server = await startDigestServer(t, { qop: 'auth', uses: 1, nextNonce: true });
  const shared = dependencies(t);
  for (let turn = 0; turn < 3; turn++) assert.equal(endOf(await send(shared, server.origin)), '200');
  assert.deepEqual(server.log, ['GET / 401 -', 'GET / 200 1', 'GET / 200 1', 'GET / 200 1']);
});

test('sends at the same time count one after the other', async (t) => {
  const server = await startDigestServer(t, { qop: 'auth' });
  const shared = dependencies(t);
  assert.equal(endOf(await send(shared, server.origin)), '200');
  await Promise.all(Array.from({ length: 10 }, () => send(shared, server.origin)));
  const counts = server.log.slice(2).map((line) => line.split(' ')[3]);
  assert.deepEqual(new Set(counts).size, 10);
});

test('a wrong password is the answer, after one try', async (t) => {
  const server = await startDigestServer(t, { qop: 'auth' });
  const wrong: RequestAuth = { kind: 'digest', username: USER.name, password: new Secret('canary-wrong') };
  const shared = dependencies(t);
  for (let turn = 0; turn < 2; turn++) {
    assert.equal(endOf(await send(shared, server.origin, { auth: wrong })), '401');
  }
  assert.deepEqual(server.log, ['GET / 401 -', 'GET / 401 1', 'GET / 401 -', 'GET / 401 1']);
});

test('a password is never sent as Basic', async (t) => {
  const seen: (string | undefined)[] = [];
  const server = await startHttp(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
  });
  assert.equal(endOf(await send(dependencies(t), server.origin)), '401');
  assert.deepEqual(seen, [undefined]);
  const both = await startDigestServer(t, { qop: 'auth', before: 'Basic realm="x", ' });
  assert.equal(endOf(await send(dependencies(t), both.origin)), '200');
  assert.ok(both.headers.every((header) => header === undefined || header.startsWith('Digest ')));
});

test('a file is sent once more with the answer, and is part of it where the server wants that', async (t) => {
  await using folder = await temporaryFolder('digest');
  const content = Buffer.alloc(300_000, 'ü');
  await fs.writeFile(path.join(folder.path, 'a'), content);
  const server = await startDigestServer(t, { qop: 'auth-int', algorithm: 'SHA-256' });
  const exchange = await send(dependencies(t), server.origin, {
    method: 'PUT',
    body: composed(folder.path, 'x', { file: 'a' }),
  });
  assert.equal(endOf(exchange), '200');
  const expected = `x${content.toString('latin1')}`;
  assert.ok(server.bodies.length === 2 && server.bodies.every((body) => body === expected));
});

test('redirects within the origin are answered, others and the way back are not', async (t) => {
  const seen: (string | undefined)[] = [];
  const home: { origin?: string } = {};
  const other = await startHttp(t, (request, response) => {
    seen.push(request.headers.authorization);
    if (request.url === '/back') response.writeHead(302, { Location: `${home.origin ?? ''}/end` }).end();
    else response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="x", nonce="n", qop="auth"' }).end();
  });
  const server = await startDigestServer(t, {
    qop: 'auth',
    redirects: {
      '/a': { status: 302, to: '/b' },
      '/b': { status: 302, to: `${other.origin}/back` },
      '/c': { status: 302, to: `${other.origin}/ask` },
    },
  });
  home.origin = server.origin;
  const shared = dependencies(t);
  assert.equal(endOf(await send(shared, `${server.origin}/a`)), '401');
  assert.deepEqual(server.log, ['GET /a 401 -', 'GET /a 200 1', 'GET /b 200 2', 'GET /end 401 -']);
  assert.equal(endOf(await send(shared, `${server.origin}/c`)), '401');
  assert.deepEqual(seen, [undefined, undefined]);
});

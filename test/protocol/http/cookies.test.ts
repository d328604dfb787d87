import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import test, { type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { withoutConnection } from '../../../src/core/http/authorise';
import { CookieJars } from '../../../src/core/http/cookies/cookieJars';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { sendExchange } from '../../../src/core/http/sendExchange';
import { shownExchange } from '../../../src/core/http/shownExchange';
import { summarise } from '../../../src/core/http/summary';
import { MASK, Secret } from '../../../src/core/secret';
import { nodeClock } from '../../../src/node/nodeClock';
import { startHttp, startTransport } from '../../helpers/localServers';
import { everythingIn, httpRequest, sendDependencies } from '../../helpers/requests';
import { MemoryLog } from '../../helpers/oauth/memoryLog';
import { endOf, textOf } from '../../helpers/sending';

const TOKEN = 'c2Vzc2lvbi1pZGVudGlmaWVy';

/** Sends with one jar. */
function sender(t: TestContext): (url: string, changes?: Partial<HttpRequest>) => Promise<Exchange> {
  const transport = startTransport(t);
  const cookies = new CookieJars({ clock: nodeClock, log: new MemoryLog() }).of('test');
  return (url, changes) =>
    sendExchange(
      withoutConnection(httpRequest(url, changes)),
      { ...sendDependencies(transport), cookies },
      { signal: new AbortController().signal },
    );
}

function received(exchange: Exchange): readonly string[] {
  return exchange.hops.flatMap(({ cookies }) =>
    (cookies?.received ?? []).map(({ name, fate }) => `${name} ${fate.kind === 'refused' ? fate.reason : fate.kind}`),
  );
}

test('cookies of every hop are kept, and sent on the next hop already', async (t) => {
  const seen: (string | undefined)[] = [];
  const server = await startHttp(t, ({ url, headers }: IncomingMessage, response) => {
    seen.push(`${url} ${headers.cookie ?? '-'}`);
    if (url === '/login')
      response.writeHead(302, { location: '/home', 'set-cookie': ['sid=1; HttpOnly', 'b=2; Path=/home'] }).end();
    else response.end('ok');
  });
  const send = sender(t);
  const first = await send(`${server.origin}/login`);
  assert.equal(endOf(first), '200');
  assert.deepEqual(received(first), ['sid stored', 'b stored']);
  await send(`${server.origin}/else`);
  assert.deepEqual(seen, ['/login -', '/home b=2; sid=1', '/else sid=1']);
});

test('a redirect to the same address is followed when it has set a cookie, and is a circle when it has not', async (t) => {
  const server = await startHttp(t, ({ url, headers }, response) => {
    if (headers.cookie === undefined)
      response.writeHead(302, { location: url, 'set-cookie': url === '/gate' ? ['ok=1; Path=/gate'] : [] }).end();
    else response.end('in');
  });
  const send = sender(t);
  assert.equal(await textOf(await send(`${server.origin}/gate`)), 'in');
  assert.equal(endOf(await send(`${server.origin}/circle`)), 'http.redirectLoop');
});

test('a cookie that the file writes counts, and the others come after it in one header', async (t) => {
  const seen: unknown[] = [];
  const server = await startHttp(t, ({ rawHeaders }, response) => {
    seen.push(rawHeaders.filter((_value, index) => rawHeaders[index - 1]?.toLowerCase() === 'cookie'));
    response.writeHead(200, { 'set-cookie': ['sid=jar', 'lang=en'] }).end();
  });
  const send = sender(t);
  await send(server.origin);
  await send(server.origin, { headers: [['cookie', 'sid=file; own=1']] });
  await send(server.origin, { headers: [['Cookie', new Secret('sid=hidden')]] });
  assert.deepEqual(seen, [[], ['sid=file; own=1; lang=en'], ['sid=hidden; lang=en']]);
});

test('with cookies off none is kept and none is sent but those that the file writes', async (t) => {
  const seen: unknown[] = [];
  const server = await startHttp(t, ({ headers }, response) => {
    seen.push(headers.cookie);
    response.writeHead(200, { 'set-cookie': 'sid=1' }).end();
  });
  const send = sender(t);
  const off = await send(server.origin, { cookies: false });
  assert.equal(off.hops[0]?.cookies, undefined);
  await send(server.origin);
  await send(server.origin, { cookies: false, headers: [['Cookie', 'own=1']] });
  assert.deepEqual(seen, [undefined, undefined, 'own=1']);
});

test('no value of a cookie is in what is shown, nor its echo', async (t) => {
  const server = await startHttp(t, ({ headers }, response) => {
    response.writeHead(200, { 'set-cookie': `sid=${TOKEN}; Path=/; HttpOnly`, 'x-echo': headers.cookie ?? '' });
    response.end(JSON.stringify(headers));
  });
  const send = sender(t);
  await send(server.origin);
  const exchange = await send(server.origin);
  const sent = exchange.request.headers.find(([name]) => name === 'Cookie');
  assert.deepEqual(sent, ['Cookie', `sid=${MASK}`]);
  assert.ok(
    exchange.secrets?.some((secret) => secret.revealForTransport() === TOKEN),
    'an echo in the body is masked',
  );
  const summary = summarise(exchange, [], exchange.secrets);
  assert.equal(summary.headers?.['set-cookie'], `sid=${MASK}; Path=/; HttpOnly`);
  assert.ok(!everythingIn(summary, inspect).includes(TOKEN));
  assert.ok(!everythingIn(exchange.hops[0]?.cookies, inspect).includes(TOKEN));
});

test('what a redirect and a header repeat of a cookie is masked where the exchange is shown', async (t) => {
  const server = await startHttp(t, ({ url, headers }, response) => {
    const cookie = headers.cookie ?? '';
    if (url === '/away') response.writeHead(302, { location: `ftp://${TOKEN}.test` }).end();
    else if (url === '/') response.writeHead(302, { location: `/in;id=${cookie.slice(4)}`, [`x-${TOKEN}`]: '1' }).end();
    else response.writeHead(200, { 'set-cookie': `sid=${TOKEN}`, 'x-echo': cookie }).end();
  });
  const send = sender(t);
  await send(`${server.origin}/first`);
  const exchange = await send(server.origin);
  assert.equal(exchange.hops.length, 2);
  const { hops, outcome, request } = shownExchange(exchange);
  const shown = everythingIn([request, outcome, hops.map((hop) => ({ ...hop, cookies: undefined }))], (value) =>
    inspect(value, { depth: 9 }),
  );
  assert.doesNotMatch(shown, new RegExp(TOKEN, 'i'));
  assert.match(shown, new RegExp(`sid=${MASK}`));
  const failed = await send(`${server.origin}/away`);
  assert.equal(endOf(failed), 'http.redirectInvalid');
  assert.doesNotMatch(inspect(failed.outcome, { depth: 9 }), new RegExp(TOKEN, 'i'));
});

test('another host gets none of them, on a redirect neither', async (t) => {
  const seen: unknown[] = [];
  const other = await startHttp(t, ({ headers }, response) => {
    seen.push(headers.cookie);
    response.end();
  });
  const target = other.origin.replace('127.0.0.1', 'localhost');
  const server = await startHttp(t, (_request, response) => {
    response.writeHead(307, { location: target, 'set-cookie': ['sid=1', 'wide=2; Domain=localhost'] }).end();
  });
  const exchange = await sender(t)(server.origin);
  assert.deepEqual(seen, [undefined]);
  assert.deepEqual(received(exchange), ['sid stored', 'wide otherDomain']);
});

test('a hostile server: a thousand cookies, a huge one, and nonsense', async (t) => {
  let last = '';
  const server = await startHttp(t, ({ url, headers }, response) => {
    last = headers.cookie ?? '';
    if (url === '/many')
      response.setHeader(
        'set-cookie',
        Array.from({ length: 1000 }, (_, index) => `c${index}=v${index}`),
      );
    if (url === '/huge') response.setHeader('set-cookie', ['after=1', `huge=${'x'.repeat(200_000)}`]);
    if (url === '/odd')
      response.setHeader('set-cookie', [
        '=',
        ';;;',
        'no equals',
        'a=1; Expires=never; Max-Age=x',
        `${'n'.repeat(5000)}=1`,
      ]);
    response.end();
  });
  const send = sender(t);
  const many = await send(`${server.origin}/many`);
  assert.equal(many.hops[0]?.cookies?.received.length, 1000);
  assert.ok((many.secrets?.length ?? 0) <= 50, 'what is looked for in bodies stays little');
  await send(`${server.origin}/`);
  assert.equal(last.split('; ').length, 180);
  assert.deepEqual(received(await send(`${server.origin}/huge`)), ['after stored', 'huge tooLarge']);
  assert.equal(endOf(await send(`${server.origin}/odd`)), '200');
  assert.equal(endOf(await send(`${server.origin}/`)), '200');
});

test('a cookie of a megabyte is refused with the head that it is in', async (t) => {
  const server = await startHttp(t, (_request, response) => {
    response.writeHead(200, { 'set-cookie': `huge=${'x'.repeat(1024 * 1024)}` }).end();
  });
  assert.equal(endOf(await sender(t)(server.origin)), 'http.headersTooLarge');
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../../helpers/eventually';
import { startPlayground, type StartedPlayground } from '../../helpers/playground';
import { call, refresh, signIn, type CallInit } from '../../helpers/playgroundTokens';

let playground: StartedPlayground;
let alice: string;
let bob: string;
before(async () => {
  playground = await startPlayground();
  alice = (await signIn(playground, { user: 'alice' })).tokens.access_token;
  bob = (await signIn(playground, { user: 'bob' })).tokens.access_token;
});
after(() => playground[Symbol.asyncDispose]());

interface Orders {
  readonly items: readonly { readonly id: string; readonly status: string }[];
  readonly total: number;
}

async function json<T = Record<string, unknown>>(response: Response, status = 200): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text) as T;
}

function api(path: string, accessToken?: string, init?: CallInit): Promise<Response> {
  return call(playground.api, path, accessToken, init);
}

function sendJson(method: string, path: string, accessToken: string, body: unknown): Promise<Response> {
  return api(path, accessToken, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('shows the profile of the caller', async () => {
  const profile = await json(await api('/profile', alice));
  assert.equal(profile['id'], 'alice');
  assert.equal(profile['name'], 'Alice Archer');
  assert.equal(profile['email'], 'alice@playground.localhost');
  assert.ok((profile['scopes'] as string[]).includes('orders.write'));
  assert.equal(profile['clientId'], 'latchkey-playground');
  assert.equal(JSON.stringify(profile).includes(alice), false);
});

test('shows only what the scopes allow', async () => {
  const { tokens } = await signIn(playground, { scope: 'openid' });
  const profile = await json(await api('/profile', tokens.access_token));
  assert.deepEqual([profile['id'], profile['name'], profile['email']], ['alice', undefined, undefined]);
});

test('challenges a request without a token, naming no error', async () => {
  const response = await api('/profile');
  assert.equal(response.status, 401);
  const metadata = `${playground.api}/.well-known/oauth-protected-resource`;
  assert.equal(
    response.headers.get('www-authenticate'),
    `Bearer realm="Latchkey playground", resource_metadata="${metadata}"`,
  );
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
});

test('challenges a wrong token with invalid_token, and a malformed header with invalid_request', async () => {
  const wrong = await api('/profile', `${alice}x`);
  assert.equal(wrong.status, 401);
  assert.match(
    wrong.headers.get('www-authenticate') ?? '',
    /^Bearer realm="[^"]+", error="invalid_token", error_description="[^"]+", resource_metadata="[^"]+"$/,
  );
  const malformed = await api('/profile', undefined, { headers: { authorization: `Basic ${btoa('alice:x')}` } });
  assert.equal(malformed.status, 400);
  assert.match(malformed.headers.get('www-authenticate') ?? '', /error="invalid_request"/);
  const inQuery = await api(`/profile?access_token=${alice}`);
  assert.equal(inQuery.status, 401);
});

test('says who signs people in, and which scopes a request needs', async () => {
  const metadata = await json(await api('/.well-known/oauth-protected-resource'));
  assert.deepEqual([metadata['resource'], metadata['authorization_servers']], [playground.api, [playground.issuer]]);
  const challenge = (await api('/orders')).headers.get('www-authenticate') ?? '';
  assert.match(challenge, /, scope="orders\.read", resource_metadata=/);
});

test('lists, filters and limits orders', async () => {
  const all = await json<Orders>(await api('/orders?limit=100', bob));
  assert.ok(all.total >= 24);
  assert.equal(all.items.length, all.total);
  const open = await json<Orders>(await api('/orders?status=open&limit=3', bob));
  assert.equal(open.items.length, 3);
  assert.ok(open.total > 3 && open.total < all.total);
  assert.deepEqual(new Set(open.items.map(({ status }) => status)), new Set(['open']));
  assert.deepEqual((await json<Orders>(await api('/orders?limit=0', bob))).items, []);
  for (const query of ['status=lost', 'limit=-1', 'limit=x', 'limit=101']) {
    assert.equal((await api(`/orders?${query}`, bob)).status, 400, query);
  }
});

test('creates, shows and changes orders for who may write', async () => {
  const response = await sendJson('POST', '/orders', alice, { sku: 'LCK-07', quantity: 2, reference: 'r-1' });
  const location = response.headers.get('location');
  const created = await json(response, 201);
  assert.equal(location, `/orders/${created['id'] as string}`);
  assert.deepEqual(
    [created['status'], created['total'], created['customer'], created['reference']],
    ['open', 77.8, 'Alice Archer', 'r-1'],
  );
  const changed = await json(await sendJson('PATCH', location, alice, { status: 'closed', note: 'done' }));
  assert.deepEqual([changed['status'], changed['note']], ['closed', 'done']);
  assert.deepEqual(await json(await api(location, bob)), changed);
  assert.equal((await json<Orders>(await api('/orders?limit=1', bob))).items[0]?.id, created['id']);
});

test('answers 403 insufficient_scope, with the scope it takes, to a token without it', async () => {
  for (const [method, path] of [
    ['POST', '/orders'],
    ['PATCH', '/orders/ord_1001'],
  ] as const) {
    const response = await sendJson(method, path, bob, { status: 'closed' });
    assert.equal(response.status, 403);
    const challenge = response.headers.get('www-authenticate') ?? '';
    assert.match(challenge, /error="insufficient_scope"/);
    assert.match(challenge, /scope="orders\.write"$/);
  }
  const { tokens } = await signIn(playground, { scope: 'openid' });
  const response = await api('/orders', tokens.access_token);
  assert.equal(response.status, 403);
  assert.match(response.headers.get('www-authenticate') ?? '', /scope="orders\.read"$/);
});

test('says what is wrong with an order', async () => {
  for (const [body, field] of [
    [{}, 'sku'],
    [{ sku: 'NOPE' }, 'sku'],
    [{ sku: 'LCK-07', quantity: 0 }, 'quantity'],
    [{ sku: 'LCK-07', quantity: 1.5 }, 'quantity'],
    [{ sku: 'LCK-07', customer: 7 }, 'customer'],
  ] as const) {
    const problem = await json<{ errors: { field: string }[] }>(await sendJson('POST', '/orders', alice, body), 422);
    assert.equal(problem.errors[0]?.field, field);
  }
  assert.equal((await sendJson('PATCH', '/orders/ord_1', alice, { status: 'closed' })).status, 404);
  assert.equal((await sendJson('PATCH', '/orders/ord_1001', alice, { status: 'lost' })).status, 422);
  assert.equal((await sendJson('POST', '/orders', alice, [1])).status, 400);
  const json400 = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
  assert.equal((await api('/orders', alice, json400)).status, 400);
  const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'sku' };
  assert.equal((await api('/orders', alice, text)).status, 415);
});

test('refuses a body beyond 1 MiB', async () => {
  const response = await api('/echo', undefined, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  assert.equal(response.status, 413);
});

test('refuses old tokens that have not expired; a refreshed one is good again', async () => {
  const flow = await signIn(playground);
  const path = '/old-token-check?maxAge=1';
  assert.equal((await api('/old-token-check', flow.tokens.access_token)).status, 200);
  const refused = await eventually(async () => {
    const response = await api(path, flow.tokens.access_token);
    assert.equal(response.status, 401);
    return response;
  });
  assert.match(
    refused.headers.get('www-authenticate') ?? '',
    /error="invalid_token", error_description="The access token is \d+ seconds old/,
  );
  assert.equal((await api('/profile', flow.tokens.access_token)).status, 200);
  const fresh = await refresh(flow, flow.tokens.refresh_token);
  assert.equal((await api(path, fresh.access_token)).status, 200);
});

test('access tokens live as long as asked for', async () => {
  await using shortLived = await startPlayground(['--access-token-ttl', '1']);
  const flow = await signIn(shortLived);
  assert.equal(flow.tokens.expires_in, 1);
  await eventually(async () => {
    assert.equal((await call(shortLived.api, '/profile', flow.tokens.access_token)).status, 401);
  });
  assert.ok((await refresh(flow, flow.tokens.refresh_token)).access_token);
});

test('echoes a request without spreading the token', async () => {
  const response = await api('/echo?a=1&a=2&b=%20', alice, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-one': 'two', cookie: 'secret=1' },
    body: '{"price":1.10}',
  });
  const text = await response.text();
  assert.equal(text.includes(alice), false);
  const echoed = JSON.parse(text) as { method: string; query: unknown; headers: Record<string, string>; body: unknown };
  assert.equal(echoed.method, 'POST');
  assert.deepEqual(echoed.query, { a: ['1', '2'], b: ' ' });
  assert.equal(echoed.headers['authorization'], `Bearer …${alice.slice(-4)}`);
  assert.equal(echoed.headers['cookie'], '…');
  assert.equal(echoed.headers['x-one'], 'two');
  assert.deepEqual(echoed.body, { price: 1.1 });
});

test('echoes forms and text', async () => {
  const body = new URLSearchParams([
    ['tag', 'a'],
    ['tag', 'b'],
    ['status', 'open'],
  ]);
  const form = await json(await api('/echo', undefined, { method: 'PUT', body }));
  assert.deepEqual(form['body'], { tag: ['a', 'b'], status: 'open' });
  assert.equal((await json(await api('/echo', undefined, { method: 'POST', body: 'hello' })))['body'], 'hello');
  assert.equal((await json(await api('/echo')))['body'], null);
});

test('answers any status', async () => {
  for (const code of [200, 201, 204, 304, 400, 401, 403, 404, 409, 418, 429, 500, 503, 599]) {
    const response = await api(`/status/${code}`, undefined, { method: code === 418 ? 'POST' : 'GET' });
    assert.equal(response.status, code);
    assert.equal(response.headers.get('retry-after'), code === 429 || code === 503 ? '1' : null);
    assert.equal(response.headers.has('www-authenticate'), code === 401);
    assert.equal((await response.text()) === '', code === 204 || code === 304);
  }
  for (const code of ['99', '600', 'x']) assert.equal((await api(`/status/${code}`)).status, 400, code);
  const problem = await api('/problem');
  assert.equal(problem.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  assert.equal((await json<{ errors: unknown[] }>(problem, 422)).errors.length, 2);
});

test('redirects as often as asked, with the status asked for', async () => {
  const first = await api('/redirect/3?status=307');
  assert.equal(first.status, 307);
  assert.equal(first.headers.get('location'), '/redirect/2?status=307');
  const followed = await api('/redirect/3', alice, { redirect: 'follow' });
  assert.equal(new URL(followed.url).pathname, '/echo');
  assert.equal((await api('/redirect/1?status=200')).status, 400);
});

test('redirects to another origin, which shows what arrives there', async () => {
  const response = await api('/redirect-to-other-origin', alice);
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), `${playground.otherOrigin}/landed`);
  assert.notEqual(new URL(playground.otherOrigin).origin, new URL(playground.api).origin);
  const landed = await json<{ headers: Record<string, string> }>(
    await api('/redirect-to-other-origin', alice, { redirect: 'follow' }),
  );
  // fetch drops the header at an origin change, as Latchkey must.
  assert.equal(landed.headers['authorization'], undefined);
  const direct = await json<{ headers: Record<string, string> }>(await call(playground.otherOrigin, '/landed', alice));
  assert.equal(direct.headers['authorization'], `Bearer …${alice.slice(-4)}`);
});

test('is slow on demand, and stops when the caller leaves', async () => {
  const begin = performance.now();
  assert.deepEqual(await json(await api('/slow?ms=120')), { waited: 120 });
  assert.ok(performance.now() - begin >= 119);
  await assert.rejects(api('/slow?ms=60000', undefined, { signal: AbortSignal.timeout(100) }), {
    name: 'TimeoutError',
  });
});

test('sends big answers of exactly the size asked for', async () => {
  for (const size of [0, 1, 65_536, 1_000_001]) {
    const response = await api(`/bytes/${size}`);
    assert.equal(response.headers.get('content-length'), String(size));
    assert.equal((await response.arrayBuffer()).byteLength, size);
  }
  for (const count of [0, 1, 499, 500, 1203]) {
    const { items, total } = await json<{ items: { id: number }[]; total: number }>(await api(`/json/${count}`));
    assert.deepEqual([items.length, total, items.at(-1)?.id], [count, count, count === 0 ? undefined : count - 1]);
  }
});

test('does not fall over when the reader of a big answer leaves', async () => {
  const controller = new AbortController();
  const response = await api('/bytes/1000000000', undefined, { signal: controller.signal });
  const reader = response.body?.getReader();
  assert.ok(reader);
  assert.equal((await reader.read()).done, false);
  controller.abort();
  await assert.rejects(reader.read());
  assert.equal((await api('/')).status, 200);
  assert.equal(playground.output.errors(), '');
});

test('knows HEAD, OPTIONS, wrong methods and wrong paths', async () => {
  const head = await api('/orders', bob, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.ok(Number(head.headers.get('content-length')) > 100);
  const options = await api('/orders', undefined, { method: 'OPTIONS' });
  assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, POST, OPTIONS']);
  const wrong = await api('/orders', alice, { method: 'DELETE' });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, HEAD, POST, OPTIONS']);
  assert.equal((await api('/nothing')).status, 404);
  assert.equal((await api('/orders/%E0%A4%A', bob)).status, 400);
  const index = await json<{ routes: string[] }>(await api('/'));
  assert.ok(index.routes.includes('PATCH /orders/:id'));
});

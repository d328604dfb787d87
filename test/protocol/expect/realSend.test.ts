import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { examineExchange, type Examination } from '../../../src/core/expect/examineExchange';
import { withoutConnection } from '../../../src/core/http/authorise';
import { sendExchange } from '../../../src/core/http/sendExchange';
import { revealForTransport, Secret } from '../../../src/core/secret';
import { startHttp, startTransport } from '../../helpers/localServers';
import { resolved } from '../../helpers/requestFiles';
import { sendDependencies } from '../../helpers/requests';

const json =
  '{"items":[{"id":12345678901234567890,"price":1.10,"status":"open"}],"access_token":"canary-of-the-login"}';
const xml = '<orders xmlns="urn:o"><order id="7"/><order id="8"/></orders>';

test('a request that is really sent is held to what its file says', async (t) => {
  const server = await startHttp(t, (request, response) => {
    if (request.url === '/login') {
      response.writeHead(302, { Location: '/orders', 'Set-Cookie': 'sid=abc; HttpOnly' }).end();
      return;
    }
    if (request.url === '/xml') {
      response.writeHead(200, { 'Content-Type': 'application/xml' }).end(xml);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
    response.end(brotliCompressSync(json));
  });
  const transport = startTransport(t);

  const send = async (lines: string): Promise<Examination> => {
    const request = resolved(`requests:\n  a:\n${lines.replace(/^/gm, '    ')}\n`, {
      project: `variables: { api: "${server.origin}" }`,
    });
    const signal = new AbortController().signal;
    const exchange = await sendExchange(withoutConnection(request), sendDependencies(transport), { signal });
    const files = { directory: '', read: () => Promise.reject(new Error('not read')) };
    return examineExchange(exchange, request, { files, pause: () => nextTurn(), signal });
  };

  const examined = await send(`get: \${api}/login
expect:
  status: 200
  headers: { content-type: { contains: json } }
  body:
    $.items[0].id: 12345678901234567890
    $.items[0].price: { equals: 1.1, type: number }
    $.items: { length: 1 }
  schema: { properties: { items: { items: { required: [id, status] } } } }
  size: ${json.length}
  time: { atMost: 30s }
  sha256: ${createHash('sha256').update(json).digest('hex')}
capture:
  firstId: $.items[0].id
  session: cookie:sid
  token: $.access_token
  where: url`);
  assert.deepEqual(
    examined.expectations.filter(({ ok }) => !ok),
    [],
  );
  assert.deepEqual([examined.ok, examined.expectations.length], [true, 9]);
  const value = (name: string): unknown => {
    const found = examined.values.get(name);
    assert.equal(found?.origin, server.origin);
    const held = found.value.kind === 'raw' ? found.value.json : found.value.kind === 'text' ? found.value.text : '';
    return held instanceof Secret ? ['secret', revealForTransport(held)] : held;
  };
  assert.equal(value('firstId'), '12345678901234567890');
  assert.deepEqual(value('session'), ['secret', 'abc']);
  assert.deepEqual(value('token'), ['secret', 'canary-of-the-login']);
  assert.equal(value('where'), `${server.origin}/orders`);
  assert.ok(!JSON.stringify([examined.expectations, examined.captures]).includes('canary'));

  const orders = await send('get: ${api}/xml\nexpect: { body: { //_:order/@id: [7, 8], count(//_:order): 2 } }');
  assert.deepEqual([orders.ok, orders.expectations.map(({ ok }) => ok)], [true, [true, true]]);

  const failed = await send('get: ${api}/xml\nexpect: { body: { $.id: 1 } }\ncapture: { id: $.id }');
  assert.equal(failed.ok, false);
  assert.deepEqual(
    failed.expectations.map(({ what, actual }) => `${what}: ${actual ?? ''}`),
    ['body $.id equals 1: XML, not JSON', 'capture id from $.id: XML, not JSON'],
  );
});

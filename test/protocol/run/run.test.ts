import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type * as http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { workspaceFileStreams } from '../../../src/node/workspaceFiles';
import { startHttp, startTransport, type LocalServer } from '../../helpers/localServers';
import { RunTheatre, type RunScene } from '../../helpers/runs';
import { temporaryFolder } from '../../helpers/temporaryFolder';

interface Api extends LocalServer {
  readonly arrived: string[];
}

/** Hands out a token for a login, and wants it for everything else. */
async function startApi(t: test.TestContext, busy: number[] = []): Promise<Api> {
  const arrived: string[] = [];
  const token = 'tok-4f1c2a90b7e35d68';
  const server = await startHttp(t, (request: http.IncomingMessage, response) => {
    const { method = '', url = '', headers } = request;
    arrived.push(`${method} ${url}`);
    const wait = busy.shift();
    if (wait !== undefined) {
      response.writeHead(503, { 'retry-after': String(wait) }).end();
    } else if (url === '/login') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token: token }));
    } else {
      response.writeHead(headers.authorization === `Bearer ${token}` ? 200 : 401).end();
    }
  });
  return { ...server, arrived };
}

function theatre(t: test.TestContext, api: LocalServer, requests: string, more: Partial<RunScene> = {}): RunTheatre {
  const text = `baseUrl: ${api.origin}
headers: { Authorization: "Bearer \${login.token}" }
requests:
  login:
    post: /login
    headers: { Authorization: null }
    capture: { token: $.access_token }
${requests}`;
  return new RunTheatre({ files: { 'a.http.yaml': text }, transport: startTransport(t), ...more });
}

test('a login is sent first, and its token goes to its own server without a word', async (t) => {
  const api = await startApi(t);
  const run = theatre(t, api, '  orders: { get: /orders }');
  assert.deepEqual(await run.start(['orders']), ['login: ok 200', 'orders: ok 200']);
  assert.deepEqual(api.arrived, ['POST /login', 'GET /orders']);
  assert.deepEqual(
    run.questions.filter((question) => question.startsWith('release')),
    [],
  );
});

test('a thousand rows of a file, over one connection', async (t) => {
  const api = await startApi(t);
  await using directory = await temporaryFolder('rows');
  const lines = Array.from({ length: 1_000 }, (_, index) => `${index},"name ${index}"`);
  await writeFile(path.join(directory.path, 'rows.csv'), ['id,name', ...lines].join('\r\n'));
  const streams = { folder: pathToFileURL(directory.path).href, ...workspaceFileStreams };
  const run = theatre(t, api, '  each: { get: "/${id}?n=${name|url}", forEach: ./rows.csv }', { streams });
  assert.deepEqual(await run.start(['each']), ['login: ok 200', 'each: ok 200 rows 1000/1000']);
  assert.equal(api.arrived.length, 1_001);
  assert.deepEqual(api.arrived.slice(1, 3), ['GET /0?n=name%200', 'GET /1?n=name%201']);
  assert.equal(api.connections(), 1);
});

test('what is answered with 503 is sent again, not before the server wants it', async (t) => {
  const api = await startApi(t, [1]);
  const run = theatre(
    t,
    api,
    '  again: { get: /orders, headers: { Authorization: null }, expect: { status: 401 }, retry: { times: 2, interval: 1ms } }',
  );
  const begin = Date.now();
  assert.deepEqual(await run.start(['again']), ['again: ok 401 ×2']);
  assert.ok(Date.now() - begin >= 990, `after ${Date.now() - begin} ms`);
});

test('a circle sends nothing', async (t) => {
  const api = await startApi(t);
  const run = theatre(t, api, '  a: { get: /a, needs: [b] }\n  b: { get: /b, needs: [a] }');
  const outcomes = await run.start(['a']);
  assert.match(outcomes.join('\n'), /a → b → a/);
  assert.deepEqual(
    api.arrived.filter((line) => !line.includes('login')),
    [],
  );
});

test('what needs a request that failed is not sent, and the others are', async (t) => {
  const api = await startApi(t);
  const requests = `  bad: { get: /bad, headers: { Authorization: null } }
  after: { get: /after, needs: [bad] }
  other: { get: /other }`;
  const run = theatre(t, api, requests, { isSendAll: true });
  assert.deepEqual(await run.start([]), [
    'login: ok 200',
    'bad: failed 401',
    'after: skipped after bad: status',
    'other: ok 200',
  ]);
});

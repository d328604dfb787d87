import assert from 'node:assert/strict';
import test from 'node:test';
import * as zlib from 'node:zlib';
import { startHttp, startRaw, startScript, startTransport } from '../../helpers/localServers';
import { bytesOf, dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';

test('status, reason, headers in order, and the body', async (t) => {
  const server = await startScript(
    t,
    'HTTP/1.1 418 I am a teapot\r\nX-B: 1\r\nx-a: caf\u00e9\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 3\r\n\r\nabc',
    'keep',
  );
  const { outcome, hops } = await exchangeWith(startTransport(t), server.origin);
  assert.ok(outcome.kind === 'response');
  assert.equal(outcome.response.status, 418);
  assert.equal(outcome.response.statusText, 'I am a teapot');
  assert.deepEqual(outcome.response.headers, [
    ['X-B', '1'],
    ['x-a', 'café'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
    ['Content-Length', '3'],
  ]);
  assert.equal(hops.length, 1);
});

test('early hints before the answer are passed over', async (t) => {
  const server = await startScript(
    t,
    'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    'keep',
  );
  assert.equal(await textOf(await exchangeWith(startTransport(t), server.origin)), 'ok');
});

test('a body that ends with the connection', async (t) => {
  const server = await startScript(t, 'HTTP/1.0 200 OK\r\n\r\nuntil the end', 'end');
  assert.equal(await textOf(await exchangeWith(startTransport(t), server.origin)), 'until the end');
});

test('a body in chunks, with trailers', async (t) => {
  const server = await startScript(
    t,
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n',
    'keep',
  );
  assert.equal(await textOf(await exchangeWith(startTransport(t), server.origin)), 'abcde');
});

test('NUL bytes and invalid UTF-8 in a body are data', async (t) => {
  const bytes = Buffer.from([0, 255, 0, 128, 10, 0]);
  const server = await startScript(
    t,
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n'), bytes]),
    'keep',
  );
  assert.deepEqual(await bytesOf(await exchangeWith(startTransport(t), server.origin)), bytes);
});

test('HEAD, 204 and 304 have no body, even when a coding is named', async (t) => {
  const server = await startHttp(t, (request, response) => {
    const status = Number(request.url?.slice(1));
    response
      .writeHead(status, {
        'Content-Encoding': 'gzip',
        ...(request.method === 'HEAD' ? { 'Content-Length': '99' } : {}),
      })
      .end();
  });
  const transport = startTransport(t);
  for (const [method, path] of [
    ['HEAD', '/200'],
    ['GET', '/204'],
    ['GET', '/304'],
  ] as const) {
    const exchange = await exchangeWith(transport, server.origin + path, { method });
    assert.equal((await bytesOf(exchange)).length, 0);
  }
});

const text = 'hello '.repeat(50_000);
const coded: Readonly<Record<string, Buffer>> = {
  gzip: zlib.gzipSync(text),
  'x-gzip': zlib.gzipSync(text),
  GZIP: zlib.gzipSync(text),
  deflate: zlib.deflateSync(text),
  'deflate ': zlib.deflateRawSync(text),
  br: zlib.brotliCompressSync(text),
  'gzip, br': zlib.brotliCompressSync(zlib.gzipSync(text)),
  'identity, gzip': zlib.gzipSync(text),
  identity: Buffer.from(text),
  'two members': Buffer.concat([zlib.gzipSync(text.slice(0, 100)), zlib.gzipSync(text.slice(100))]),
};

for (const [coding, body] of Object.entries(coded)) {
  for (const size of [body.length, 1000]) {
    test(`decodes ${coding} that arrives ${size === body.length ? 'at once' : 'in pieces'}`, async (t) => {
      const server = await startHttp(t, (_request, response) => {
        response.setHeader('Content-Encoding', coding === 'two members' ? 'gzip' : coding);
        for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
        response.end();
      });
      const exchange = await exchangeWith(startTransport(t), server.origin, { headers: [['Accept-Encoding', 'x']] });
      assert.equal(await textOf(exchange), text);
    });
  }
}

test('zstd is decoded where this Node can, and else left as it is', async (t) => {
  // A frame made with `zstd`: magic number, one raw block "hello".
  const frame = Buffer.from('28b52ffd2005290000' + Buffer.from('hello').toString('hex'), 'hex');
  const server = await startHttp(t, (_request, response) => response.setHeader('Content-Encoding', 'zstd').end(frame));
  const received = await bytesOf(await exchangeWith(startTransport(t), server.origin));
  assert.deepEqual(received, 'createZstdDecompress' in zlib ? Buffer.from('hello') : frame);
});

test('a coding that nobody knows, or too many of them, leave the body as it is', async (t) => {
  const server = await startHttp(t, (request, response) => {
    response.setHeader('Content-Encoding', request.url === '/many' ? 'gzip, gzip, gzip, gzip' : 'aes128gcm').end('raw');
  });
  const transport = startTransport(t);
  for (const path of ['/many', '/odd'])
    assert.equal(await textOf(await exchangeWith(transport, server.origin + path)), 'raw');
});

for (const [title, body] of [
  ['no gzip at all', Buffer.from('plain text')],
  ['gzip that breaks off', zlib.gzipSync(text).subarray(0, 200)],
  ['gzip with a wrong checksum', Buffer.concat([zlib.gzipSync(text).subarray(0, -8), Buffer.alloc(8)])],
] as const) {
  test(`a body that says gzip and is ${title}`, async (t) => {
    const server = await startHttp(t, (_request, response) => response.setHeader('Content-Encoding', 'gzip').end(body));
    const transport = startTransport(t);
    const exchange = await exchangeWith(transport, server.origin);
    assert.equal(endOf(exchange), 'http.decodeFailed');
    assert.equal(dataOf(exchange)['encoding'], 'gzip');
    assert.equal(exchange.hops[0]?.status, 200);
  });
}

test('a gzip bomb is bounded by the limit, and its connection closed', async (t) => {
  const bomb = zlib.gzipSync(Buffer.alloc(100 * 2 ** 20));
  const server = await startHttp(t, (_request, response) => response.setHeader('Content-Encoding', 'gzip').end(bomb));
  const transport = startTransport(t);
  const before = process.memoryUsage().rss;
  let most = 0;
  const exchange = await exchangeWith(
    transport,
    server.origin,
    {},
    { bodyLimit: 8 * 2 ** 20, onProgress: (_phase, bytes) => (most = Math.max(most, bytes)) },
  );
  assert.equal(endOf(exchange), 'http.bodyTooLarge');
  assert.equal(dataOf(exchange)['limit'], '8 MB');
  assert.ok(most <= 8 * 2 ** 20);
  assert.ok(process.memoryUsage().rss - before < 80 * 2 ** 20);
});

test('an endless body stops at the limit, and the server sees the connection close', async (t) => {
  const server = await startHttp(t, (_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  const exchange = await exchangeWith(startTransport(t), server.origin, {}, { bodyLimit: 2 ** 20 });
  assert.equal(endOf(exchange), 'http.bodyTooLarge');
  await server.allClosed();
});

test('a large body comes whole, while its reader is waited for', async (t) => {
  const piece = Buffer.alloc(1 << 20, 'x');
  const server = await startHttp(t, (_request, response) => {
    for (let index = 0; index < 40; index++) response.write(piece);
    response.end();
  });
  const exchange = await exchangeWith(startTransport(t), server.origin);
  const bytes = await bytesOf(exchange);
  assert.equal(bytes.length, 40 << 20);
  assert.ok(bytes.equals(Buffer.alloc(40 << 20, 'x')));
});

// --- broken answers --------------------------------------------------------------------------------------------------

const ok = 'HTTP/1.1 200 OK\r\n';

for (const [title, answer, end, code] of [
  ['closes without an answer', '', 'end', 'http.connectionClosed'],
  ['resets without an answer', '', 'reset', 'http.connectionClosed'],
  ['resets in the middle of the body', `${ok}Content-Length: 10\r\n\r\nabc`, 'reset', 'http.bodyIncomplete'],
  ['promises more than it sends', `${ok}Content-Length: 10\r\n\r\nabc`, 'end', 'http.bodyIncomplete'],
  [
    'promises more and says close',
    `${ok}Connection: close\r\nContent-Length: 10\r\n\r\nabc`,
    'end',
    'http.bodyIncomplete',
  ],
  ['ends in the middle of a chunk', `${ok}Transfer-Encoding: chunked\r\n\r\n10\r\nabc`, 'end', 'http.bodyIncomplete'],
  ['ends before the last chunk', `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, 'end', 'http.bodyIncomplete'],
  [
    'sends a chunk length that is none',
    `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc`,
    'keep',
    'http.malformedResponse',
  ],
  ['sends half a head', 'HTTP/1.1 200 OK\r\nX-A: 1', 'end', 'http.malformedResponse'],
  ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'keep', 'http.malformedResponse'],
  ['sends a NUL in a header', `${ok}X-A: a\0b\r\nContent-Length: 0\r\n\r\n`, 'keep', 'http.malformedResponse'],
  ['sends two lengths', `${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 'keep', 'http.malformedResponse'],
  [
    'switches protocols unasked',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
    'keep',
    'http.malformedResponse',
  ],
  [
    'sends a head without end',
    `${ok}${`X-Filler: ${'x'.repeat(1000)}\r\n`.repeat(400)}`,
    'keep',
    'http.headersTooLarge',
  ],
  [
    'sends 100,000 headers',
    `${ok}${'A: b\r\n'.repeat(100_000)}Content-Length: 0\r\n\r\n`,
    'keep',
    'http.headersTooLarge',
  ],
] as const) {
  test(`a server that ${title}`, async (t) => {
    const server = await startScript(t, answer, end);
    const transport = startTransport(t);
    const exchange = await exchangeWith(transport, server.origin, { method: 'POST' });
    assert.equal(endOf(exchange), code, JSON.stringify(exchange.outcome));
    assert.equal(dataOf(exchange)['host'], '127.0.0.1');
    assert.equal(dataOf(exchange)['port'], String(server.port));
    if (code === 'http.bodyIncomplete') assert.equal(dataOf(exchange)['received'], 3);
    assert.ok(exchange.outcome.kind === 'failure');
    assert.doesNotMatch(exchange.outcome.error.message, /\{|undefined/);
    await server.allClosed();
  });
}

test('headers up to the limit are fine', async (t) => {
  const server = await startScript(
    t,
    `${ok}${`X-Filler: ${'x'.repeat(1000)}\r\n`.repeat(200)}Content-Length: 2\r\n\r\nok`,
    'keep',
  );
  assert.equal(await textOf(await exchangeWith(startTransport(t), server.origin)), 'ok');
});

test('bytes behind the body do not become the next answer', async (t) => {
  const server = await startScript(
    t,
    `${ok}Content-Length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n`,
    'keep',
  );
  const transport = startTransport(t);
  for (let round = 0; round < 3; round++)
    assert.equal(await textOf(await exchangeWith(transport, server.origin)), 'ok');
});

test('a redirect across origins drops what identifies the user, on the wire [F7]', async (t) => {
  const second = await startHttp(t, (request, response) => response.end(JSON.stringify(request.rawHeaders)));
  const first = await startHttp(t, (_request, response) =>
    response.writeHead(307, { Location: `${second.origin}/end` }).end('moved'),
  );
  const exchange = await exchangeWith(startTransport(t), first.origin, {
    headers: [
      ['Authorization', 'Basic x'],
      ['Cookie', 'a=1'],
      ['X-Kept', '1'],
    ],
  });
  const received = JSON.parse(await textOf(exchange)) as string[];
  assert.ok(received.includes('X-Kept'));
  assert.ok(!received.some((name) => /authorization|cookie/i.test(name)));
  assert.deepEqual(
    exchange.hops.map(({ status }) => status),
    [307, 200],
  );
});

for (const [title, headers, body] of [
  ['that is not coded as it says', 'Content-Encoding: gzip\r\nContent-Length: 5\r\n', 'moved'],
  ['that breaks off', 'Content-Length: 100\r\n', 'moved'],
  ['in chunks that are none', 'Transfer-Encoding: chunked\r\n', 'moved'],
] as const) {
  test(`a redirect with a body ${title} is followed: nobody wants that body`, async (t) => {
    const server = await startRaw(t, (socket, index) => {
      socket.once('data', () => {
        if (index === 0) socket.end(`HTTP/1.1 302 Found\r\nLocation: /next\r\n${headers}\r\n${body}`);
        else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere');
      });
    });
    assert.equal(await textOf(await exchangeWith(startTransport(t), server.origin)), 'there');
  });
}

test('a cancel while the body of a redirect is read is a cancel', async (t) => {
  const server = await startScript(t, 'HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 9\r\n\r\nabc', 'keep');
  const controller = new AbortController();
  const onProgress = (phase: string): void => {
    if (phase === 'receiving') setImmediate(() => controller.abort());
  };
  const exchange = await exchangeWith(startTransport(t), server.origin, {}, { signal: controller.signal, onProgress });
  assert.equal(endOf(exchange), 'cancelled');
});

test('a redirect within an origin uses the same connection', async (t) => {
  const server = await startHttp(t, (request, response) => {
    if (request.url === '/1') response.writeHead(302, { Location: '/2' }).end('x'.repeat(1000));
    else response.end(request.headers.authorization);
  });
  const exchange = await exchangeWith(startTransport(t), `${server.origin}/1`, {
    headers: [['Authorization', 'Basic x']],
  });
  assert.equal(await textOf(exchange), 'Basic x');
  assert.equal(server.connections(), 1);
});

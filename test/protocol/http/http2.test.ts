import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import test, { suite, type TestContext } from 'node:test';
import * as zlib from 'node:zlib';
import { authorise } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { sendExchange } from '../../../src/core/http/sendExchange';
import type { HttpTransport, StreamedBody } from '../../../src/core/ports';
import { joinSensitive, MASK, Secret } from '../../../src/core/secret';
import { data, END_STREAM, field, head, ok, startFrames } from '../../helpers/http2Frames';
import { startHttp2, startHttps, startTransport, type Http2Server } from '../../helpers/localServers';
import {
  bearerToken,
  connectionTo,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../helpers/requests';
import { bytesOf, dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';
import { securedWith } from '../../helpers/tlsProfiles';

/** What goes over the wire of HTTP/2, and comes back: the same as over HTTP/1.1 wherever HTTP/2 has it. */

function trusting(t: TestContext, userAgent?: string): HttpTransport {
  return securedWith(startTransport(t, { userAgent }), { ca: ['authority.pem'] });
}

interface Received {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Takes every request whole, then answers with nothing. */
async function startRecorder(t: TestContext): Promise<Http2Server & { readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = await startHttp2(t, (request, response) => {
    void whole(request).then((body) => {
      received.push({ headers: lines(request.rawHeaders), body });
      response.end();
    });
  });
  return { ...server, received };
}

function lines(raw: readonly string[]): readonly string[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []));
}

async function whole(request: Http2ServerRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function answered(t: TestContext, answer: (response: Http2ServerResponse) => void): Promise<Exchange> {
  const server = await startHttp2(t, (_request, response) => answer(response));
  return exchangeWith(trusting(t), server.origin);
}

function streamed(pieces: readonly Uint8Array[], size?: number): StreamedBody {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  };
  return { size, open, shown: '', secrets: [] };
}

suite('what is spoken', () => {
  test('HTTP/2 where the server chooses it, and the exchange says so', async (t) => {
    const server = await startHttp2(t, (request, response) => response.end(request.httpVersion));
    const exchange = await exchangeWith(trusting(t), server.origin);
    assert.equal(await textOf(exchange), '2.0');
    assert.ok(exchange.outcome.kind === 'response');
    assert.deepEqual([exchange.hops[0]?.http2, exchange.outcome.response.statusText], [true, '']);
  });

  test('HTTP/1.1 where it chooses that', async (t) => {
    const server = await startHttps(t, 'valid', (request, response) => response.end(request.httpVersion));
    const exchange = await exchangeWith(trusting(t), server.origin);
    assert.equal(await textOf(exchange), '1.1');
    assert.equal(exchange.hops[0]?.http2, undefined);
  });

  test('HTTP/1.1 for what is to become a WebSocket', async (t) => {
    const offered: string[][] = [];
    const server = await startHttp2(t, (_request, response) => response.writeHead(404).end(), {
      ALPNCallback: ({ protocols }) => (offered.push(protocols), 'http/1.1'),
      allowHTTP1: true,
    });
    const exchange = await exchangeWith(trusting(t), server.origin, { socket: { messages: [] } });
    assert.equal(endOf(exchange), '404');
    assert.deepEqual(offered, [['http/1.1']]);
  });
});

suite('what is sent', () => {
  test('names in lower case and in the order of the file, without what belongs to a connection', async (t) => {
    const server = await startRecorder(t);
    const headers = [
      ['X-ZULU', '1'],
      ['accept', 'a/b'],
      ['Connection', 'close'],
      ['Host', 'other.test'],
      ['TE', 'gzip'],
      ['Proxy-Connection', 'keep-alive'],
      ['X-alpha', '2'],
      ['X-ZULU', '3'],
      ['Accept-Encoding', 'identity'],
      ['X-Latin', 'café'],
      ['X-Empty', ''],
    ] as const;
    const exchange = await exchangeWith(trusting(t, 'Test'), `${server.origin}/a%20b?c=%2F#frag`, { headers });
    const sent = exchange.request.headers.map((header) => header.join(': '));
    const fields =
      'x-zulu: 1|x-zulu: 3|accept: a/b|x-alpha: 2|accept-encoding: identity|x-latin: café|x-empty: |user-agent: Test';
    assert.deepEqual(sent, [':authority: other.test', ...fields.split('|')]);
    assert.deepEqual(server.received[0]?.headers, [
      ':method: GET',
      ':scheme: https',
      ':authority: other.test',
      ':path: /a%20b?c=%2F',
      ...sent.slice(1),
    ]);
  });

  for (const method of ['GET', 'DELETE', 'POST', 'PROPFIND', 'M-SEARCH']) {
    test(`${method} with a body, and its length`, async (t) => {
      const server = await startRecorder(t);
      const body = randomBytes(100_000);
      const exchange = await exchangeWith(trusting(t), server.origin, { method, body });
      assert.equal(endOf(exchange), '200');
      const received = server.received[0] ?? assert.fail();
      assert.ok(received.body.equals(body));
      assert.ok(received.headers.includes(`:method: ${method}`));
      assert.equal(received.headers.at(-1), 'content-length: 100000');
    });
  }

  test('POST without a body says so, GET does not', async (t) => {
    const server = await startRecorder(t);
    for (const method of ['POST', 'GET']) await exchangeWith(trusting(t), server.origin, { method });
    const lengths = server.received.map(({ headers }) => headers.filter((line) => line.startsWith('content-length')));
    assert.deepEqual(lengths, [['content-length: 0'], []]);
  });

  test('a body that is made while it is sent, whose length nobody knows', async (t) => {
    const server = await startRecorder(t);
    const pieces = Array.from({ length: 50 }, () => randomBytes(70_000));
    const request = { method: 'PUT', url: server.origin, headers: [], body: streamed(pieces) };
    const response = await trusting(t).send(request, neverAborted);
    assert.equal(response.status, 200);
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    assert.equal(hash(server.received[0]?.body ?? Buffer.alloc(0)), hash(Buffer.concat(pieces)));
    assert.ok(!server.received[0]?.headers.some((line) => /^(?:content-length|transfer-encoding):/.test(line)));
  });

  test('a body is read no faster than the server takes it, and no piece is read over while it waits', async (t) => {
    const pieces = 200;
    let taken = 0;
    const hash = createHash('sha256');
    const server = await startHttp2(t, (request, response) => {
      request.on('data', (chunk: Buffer) => {
        taken += chunk.length;
        hash.update(chunk);
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on('end', () => response.end());
    });
    const expected = createHash('sha256');
    const buffers = [Buffer.alloc(65_536), Buffer.alloc(65_536)] as const;
    let [read, ahead] = [0, 0];
    const open = async function* (): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < pieces; index++) {
        // As files are read: a piece counts until the next one but one is asked for.
        const buffer = buffers[index % 2 === 0 ? 0 : 1].fill(index);
        expected.update(buffer);
        read += buffer.length;
        ahead = Math.max(ahead, read - taken);
        yield await Promise.resolve(buffer);
      }
    };
    const body = { size: pieces * 65_536, open, shown: '', secrets: [] };
    const response = await trusting(t).send({ method: 'PUT', url: server.origin, headers: [], body }, neverAborted);
    assert.equal(response.status, 200);
    assert.equal(hash.digest('hex'), expected.digest('hex'));
    // What the two systems hold on the way is all that is ahead.
    assert.ok(ahead < 6_000_000, `${ahead} bytes were read ahead`);
  });

  test('secrets are plain on the wire and nowhere else', async (t) => {
    const key = new Secret('canary-k3y');
    const server = await startRecorder(t);
    const exchange = await exchangeWith(trusting(t), joinSensitive([`${server.origin}/?key=`, key]), {
      method: 'POST',
      headers: [['X-Key', key]],
      body: joinSensitive(['p=', key]) as Secret,
    });
    const received = server.received[0] ?? assert.fail();
    assert.ok(received.headers.includes(':path: /?key=canary-k3y') && received.headers.includes('x-key: canary-k3y'));
    assert.equal(received.body.toString(), 'p=canary-k3y');
    assert.doesNotMatch(JSON.stringify(exchange), /canary/);
    assert.equal(exchange.request.url, `${server.origin}/?key=${MASK}`);
  });

  test('a secret header never enters the tables of the connection', async (t) => {
    const lengths: number[] = [];
    for (const value of ['canary-k3y', new Secret('canary-k3y')]) {
      const server = await startFrames(t, (socket, stream) => socket.write(head(stream, [ok], END_STREAM)));
      const transport = trusting(t);
      for (let round = 0; round < 2; round++)
        await exchangeWith(transport, server.origin, { headers: [['X-Key', value]] });
      lengths.push(server.seen.filter(({ type }) => type === 'headers')[1]?.payload.length ?? 0);
    }
    const [plain = 0, secret = 0] = lengths;
    // What is in the table is one byte the second time.
    assert.ok(secret >= plain + 8, `${plain}, ${secret}`);
  });

  for (const [title, changes, reason] of [
    ['a line break in a header', { headers: [['X-A', 'b\r\nX-Evil: 1']] }, 'invalid X-A header'],
    ['a NUL in a header', { headers: [['X-A', 'b\0x-evil\0' + '1']] }, 'invalid X-A header'],
    ['a letter that a header cannot hold', { headers: [['X-A', '日']] }, 'invalid X-A header'],
    ['a header name with a space', { headers: [['X A', 'b']] }, 'invalid header key'],
    ['a pseudo-header', { headers: [[':path', '/other']] }, 'invalid header key'],
    ['a method that is no word', { method: 'GET /evil' }, 'invalid request method'],
  ] as const) {
    test(`${title} is refused, and the connection goes on`, async (t) => {
      const server = await startRecorder(t);
      const transport = trusting(t);
      await exchangeWith(transport, server.origin);
      const exchange = await exchangeWith(transport, server.origin, changes);
      assert.equal(endOf(exchange), 'http.invalidRequest');
      assert.equal(dataOf(exchange)['reason'], reason);
      assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
      assert.deepEqual([server.received.length, server.connections()], [2, 1]);
    });
  }

  test('two of a header of which Node knows but one arrive, whichever way', async (t) => {
    const server = await startRecorder(t);
    const headers = [
      ['If-Match', '"a"'],
      ['If-Match', '"b"'],
    ] as const;
    assert.equal(endOf(await exchangeWith(trusting(t), server.origin, { headers })), '200');
    const tags = server.received[0]?.headers.filter((line) => /^if-match: /i.test(line));
    assert.deepEqual(
      tags?.map((line) => line.toLowerCase()),
      ['if-match: "a"', 'if-match: "b"'],
    );
  });

  test('a head of 200 KB', async (t) => {
    const server = await startFrames(t, (socket, stream) => socket.write(head(stream, [ok], END_STREAM)));
    const headers = Array.from({ length: 4 }, (_, index) => [`X-${index}`, 'x'.repeat(50_000)] as const);
    assert.equal(endOf(await exchangeWith(trusting(t), server.origin, { headers })), '200');
    assert.ok(server.seen.some(({ type }) => type === 'continuation'));
  });

  test('a header that is too long for HTTP/2 goes over HTTP/1.1', async (t) => {
    const server = await startHttp2(t, (request, response) => response.end(request.httpVersion));
    const exchange = await exchangeWith(trusting(t), server.origin, { headers: [['X-Long', 'x'.repeat(70_000)]] });
    // By then this server has made up its mind about heads of HTTP/1.1.
    assert.match(endOf(exchange), /^(?:200|431)$/);
    assert.equal(exchange.hops[0]?.http2, undefined);
  });
});

suite('what comes back', () => {
  test('headers as a list, in order and with repeats, in whatever letters', async (t) => {
    const fields = [
      field('x-b', '1'),
      field('set-cookie', 'a=1'),
      field('x-a', 'caf\u00c3\u00a9'),
      field('set-cookie', 'b=2'),
      field('x-l', 'caf\u00e9'),
      field('x-empty', ''),
    ];
    const server = await startFrames(t, (socket, stream) => socket.write(head(stream, [ok, ...fields], END_STREAM)));
    const { outcome } = await exchangeWith(trusting(t), server.origin);
    assert.ok(outcome.kind === 'response');
    const pairs = 'x-b: 1|set-cookie: a=1|x-a: café|set-cookie: b=2|x-l: café|x-empty: ';
    assert.deepEqual(outcome.response.headers.map((header) => header.join(': ')).join('|'), pairs);
  });

  test('early hints are passed over, and so are trailers', async (t) => {
    const server = await startFrames(t, (socket, stream) => {
      const hint = head(stream, [field(':status', '103'), field('link', '</x>')]);
      socket.write(Buffer.concat([hint, hint, head(stream, [ok]), data(stream, 'abc')]));
      socket.write(head(stream, [field('grpc-status', '0')], END_STREAM));
    });
    const exchange = await exchangeWith(trusting(t), server.origin);
    assert.deepEqual([endOf(exchange), await textOf(exchange)], ['200', 'abc']);
    assert.ok(exchange.outcome.kind === 'response');
    assert.deepEqual(exchange.outcome.response.headers, []);
  });

  test('HEAD, 204 and 304 have no body, even when a coding and a length are named', async (t) => {
    const server = await startHttp2(t, (request, response) => {
      const length = request.method === 'HEAD' ? { 'content-length': 99 } : {};
      response.writeHead(Number(request.url.slice(1)), { 'content-encoding': 'gzip', ...length }).end();
    });
    const transport = trusting(t);
    for (const [method, path] of [
      ['HEAD', '/200'],
      ['GET', '/204'],
      ['GET', '/304'],
    ] as const) {
      const exchange = await exchangeWith(transport, server.origin + path, { method });
      assert.deepEqual([endOf(exchange), (await bytesOf(exchange)).length], [path.slice(1), 0]);
    }
    assert.equal(server.connections(), 1);
  });

  for (const [coding, encode] of [
    ['gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
  ] as const) {
    test(`${coding} is undone`, async (t) => {
      const body = 'compressed '.repeat(10_000);
      const exchange = await answered(t, (response) =>
        response.writeHead(200, { 'content-encoding': coding }).end(encode(body)),
      );
      assert.equal(await textOf(exchange), body);
    });
  }

  test('a large body comes as it is, and no faster than it is read', async (t) => {
    const body = randomBytes(20_000_000);
    const exchange = await answered(t, (response) => response.end(body));
    assert.ok((await bytesOf(exchange)).equals(body));
  });

  test('what is read slowly waits with the server', async (t) => {
    let written = 0;
    const server = await startHttp2(t, (_request, response) => {
      const piece = Buffer.alloc(100_000);
      const more = (): void => {
        while (!response.destroyed && written < 100_000_000) {
          written += piece.length;
          if (!response.write(piece)) break;
        }
        response.once('drain', more);
      };
      more();
    });
    const cancel = new AbortController();
    const response = await trusting(t).send({ method: 'GET', url: server.origin, headers: [] }, cancel.signal);
    let read = 0;
    for await (const chunk of response.body) {
      read += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (read > 3_000_000) break;
    }
    assert.ok(written - read < 12_000_000, `${written} written, ${read} read`);
  });

  test('events of a compressed stream are there while it goes on', async (t) => {
    const server = await startHttp2(t, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      const gzip = zlib.createGzip();
      gzip.pipe(response);
      for (const text of ['data: 1\n\n', 'data: 2\n\n']) gzip.write(text, () => gzip.flush());
    });
    const exchange = await exchangeWith(trusting(t), server.origin, { stop: { events: 2 } });
    assert.ok(exchange.outcome.kind === 'response');
    const { stream } = exchange.outcome.response;
    assert.deepEqual(
      stream?.from(0).map(({ data: text }) => text),
      ['1', '2'],
    );
    assert.deepEqual(stream.end, { kind: 'stopped', by: 'events' });
  });

  test('lines of JSON come line by line', async (t) => {
    const exchange = await answered(t, (response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write('{"a":1}\n');
      response.end('{"a":2}\n');
    });
    assert.ok(exchange.outcome.kind === 'response');
    assert.equal(exchange.outcome.response.stream?.count, 2);
  });

  test('an answer that does not wait for the body ends the upload, and is whole', async (t) => {
    const server = await startHttp2(t, (_request, response) => {
      response.writeHead(413).end('too large');
    });
    const transport = trusting(t);
    const pieces = Array.from({ length: 500 }, () => Buffer.alloc(65_536));
    for (const body of [streamed(pieces, 500 * 65_536), Buffer.alloc(30_000_000)]) {
      const response = await transport.send({ method: 'POST', url: server.origin, headers: [], body }, neverAborted);
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      assert.deepEqual([response.status, Buffer.concat(chunks).toString()], [413, 'too large']);
    }
    assert.equal(server.connections(), 1);
  });
});

test('a redirect to another origin goes without the token', async (t) => {
  const seen: (string | undefined)[] = [];
  const other = await startHttp2(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.end('there');
  });
  const server = await startHttp2(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: other.origin }).end();
  });
  const request: HttpRequest = httpRequest(server.origin, { auth: withConnection });
  const authorised = authorise(request, bearerToken('canary-token'), connectionTo(server.origin));
  const exchange = await sendExchange(authorised, sendDependencies(trusting(t)), { signal: neverAborted });
  assert.equal(await textOf(exchange), 'there');
  assert.deepEqual(seen, ['Bearer canary-token', undefined]);
  assert.deepEqual(
    exchange.hops.map(({ http2 }) => http2),
    [true, true],
  );
});

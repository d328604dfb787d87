import assert from 'node:assert/strict';
import type { TLSSocket } from 'node:tls';
import test, { suite, type TestContext } from 'node:test';
import type { HttpTransport } from '../../../src/core/ports';
import { BadSending, told } from '../../helpers/badSending';
import {
  data,
  END_HEADERS,
  END_STREAM,
  field,
  frame,
  goAway,
  head,
  ok,
  reset,
  startFrames,
  word,
} from '../../helpers/http2Frames';
import { startHttp2, startTransport } from '../../helpers/localServers';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';
import { securedWith } from '../../helpers/tlsProfiles';

/** Everything bad that a server can do over HTTP/2: what is told of it, what is tried again, and what is left behind. */

/** What the library finds wrong in a connection, it tells Node since this version only; before, nothing more happens. */
const isTold = Number(process.versions['nghttp2']?.split('.')[1]) >= 65;

const ca = ['authority.pem'];
const PROTOCOL_ERROR = 1;
const INTERNAL_ERROR = 2;
const REFUSED_STREAM = 7;
const CANCEL = 8;
const ENHANCE_YOUR_CALM = 11;
const HTTP_1_1_REQUIRED = 13;

const noLimit = { connect: undefined, headers: undefined, idle: undefined, total: undefined };

function trusting(t: TestContext): HttpTransport {
  return securedWith(startTransport(t), { ca });
}

/** Writes for as long as somebody reads. */
function flood(socket: TLSSocket, piece: Buffer, pieces: number): void {
  let left = pieces;
  const more = (): void => {
    while (left-- > 0 && !socket.destroyed && socket.write(piece));
    if (left > 0 && !socket.destroyed) socket.once('drain', more);
  };
  more();
}

function repeated(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}

interface Bad {
  readonly name: string;
  readonly answer: (socket: TLSSocket, stream: number) => void;
  readonly code: RegExp;
  /** What happened. */
  readonly message?: RegExp;
  /** The next step. */
  readonly next?: RegExp;
  /** Nothing is told of it, so that a limit in time has to end it; for all else the machine may take its time. */
  readonly mayBeSilent?: boolean;
}

const write =
  (...of: readonly ((stream: number) => Buffer)[]): Bad['answer'] =>
  (socket, stream) =>
    socket.write(Buffer.concat(of.map((make) => make(stream))));

const half = [(stream: number) => head(stream, [ok]), (stream: number) => data(stream, '0123456789')];
const broken = { code: /^http\.bodyIncomplete$/, message: /broke off after 10 bytes/, next: /Send again/ };
const disliked = {
  code: /^http\.protocolError$/,
  message: /do not understand each other over HTTP\/2: \w/,
  next: /log of the server/,
};
const garbled = isTold
  ? disliked
  : { code: /^http\.(?:protocolError|connectionClosed|headersTimeout)$/, mayBeSilent: true };

const failures: readonly Bad[] = [
  {
    name: 'a cut in the middle of a body',
    answer: (socket, stream) => socket.write(Buffer.concat(half.map((make) => make(stream))), () => socket.destroy()),
    ...broken,
  },
  {
    name: 'an end in the middle of a body',
    answer: (socket, stream) => socket.end(Buffer.concat(half.map((make) => make(stream)))),
    ...broken,
  },
  { name: 'a body reset with NO_ERROR', answer: write(...half, (stream) => reset(stream, 0)), ...broken },
  { name: 'a body reset with CANCEL', answer: write(...half, (stream) => reset(stream, CANCEL)), ...broken },
  {
    name: 'a body reset with INTERNAL_ERROR',
    answer: write(...half, (stream) => reset(stream, INTERNAL_ERROR)),
    ...broken,
  },
  {
    name: 'a goodbye with an error in the middle of a body',
    answer: write(...half, (stream) => goAway(stream, INTERNAL_ERROR)),
    ...broken,
  },
  {
    name: 'a body that is shorter than it should be',
    answer: write(
      (stream) => head(stream, [ok, field('content-length', '100')]),
      (stream) => data(stream, '0123456789', END_STREAM),
    ),
    ...broken,
  },
  {
    name: 'a body that is longer than it should be',
    answer: write(
      (stream) => head(stream, [ok, field('content-length', '5')]),
      (stream) => data(stream, '0123456789', END_STREAM),
    ),
    code: /^http\.(?:bodyIncomplete|protocolError)$/,
  },
  {
    name: 'a cut before the answer',
    answer: (socket) => socket.destroy(),
    code: /^http\.connectionClosed$/,
    message: /without an answer/,
  },
  ...(
    [
      [0, 'NO_ERROR'],
      [INTERNAL_ERROR, 'INTERNAL_ERROR'],
      [REFUSED_STREAM, 'REFUSED_STREAM'],
      [CANCEL, 'CANCEL'],
      [99, 'error 99'],
    ] as const
  ).map(([code, name]) => ({
    name: `no answer, but ${name}`,
    answer: write((stream) => reset(stream, code)),
    code: /^http\.streamReset$/,
    message: new RegExp(`broke the request off over HTTP/2, without an answer \\(${name}\\)`),
    next: /Send again/,
  })),
  {
    name: 'no answer, but PROTOCOL_ERROR',
    answer: write((stream) => reset(stream, PROTOCOL_ERROR)),
    ...disliked,
    message: /PROTOCOL_ERROR/,
  },
  {
    name: 'a goodbye with COMPRESSION_ERROR',
    answer: write((stream) => goAway(stream, 9)),
    ...disliked,
    message: /COMPRESSION_ERROR/,
  },
  ...[(stream: number) => reset(stream, ENHANCE_YOUR_CALM), () => goAway(1, ENHANCE_YOUR_CALM)].map((make, index) => ({
    name: index === 0 ? 'a call for calm' : 'a call for calm, and goodbye',
    answer: write(make),
    code: /^http\.enhanceYourCalm$/,
    message: /wants fewer requests/,
    next: /Wait before you send again/,
  })),
  {
    name: 'HTTP/1.1',
    answer: (socket) => socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'.repeat(5)),
    ...garbled,
  },
  {
    name: 'a name in capitals',
    answer: write((stream) => head(stream, [ok, field('X-A', '1')], END_STREAM)),
    ...disliked,
  },
  {
    name: 'a header that HTTP/2 forbids',
    answer: write((stream) => head(stream, [ok, field('connection', 'close')], END_STREAM)),
    ...disliked,
    next: /such as Connection/,
  },
  {
    name: 'two lengths',
    answer: write((stream) => head(stream, [ok, field('content-length', '1'), field('content-length', '2')])),
    ...disliked,
  },
  { name: 'no status', answer: write((stream) => head(stream, [field('a', 'b')], END_STREAM)), ...disliked },
  { name: 'status 101', answer: write((stream) => head(stream, [field(':status', '101')])), ...disliked },
  { name: 'a body before its head', answer: write((stream) => data(stream, 'early')), ...garbled },
  {
    name: 'a head that cannot be decoded',
    answer: write((stream) => frame('headers', END_HEADERS, stream, Buffer.alloc(6, 0xff))),
    ...garbled,
  },
  { name: 'a body for a stream that nobody opened', answer: write(() => data(99, 'x')), ...garbled },
  {
    name: 'a frame that is too large',
    answer: write((stream) => frame('data', 0, stream, Buffer.alloc(100_000))),
    ...garbled,
  },
  {
    name: 'a pushed answer',
    answer: write((stream) => frame('pushPromise', END_HEADERS, stream, word(2))),
    ...garbled,
  },
  { name: 'too many settings', answer: write(() => frame('settings', 0, 0, Buffer.alloc(6 * 2_000, 1))), ...garbled },
  { name: 'windows that overflow', answer: write(() => frame('windowUpdate', 0, 0, word(0x7fffffff))), ...garbled },
  {
    name: 'a window that overflows',
    answer: write((stream) => frame('windowUpdate', 0, stream, word(0x7fffffff))),
    ...disliked,
  },
  {
    name: '100k headers',
    answer: write((stream) => head(stream, [ok, field('a', 'b', true), Buffer.alloc(100_000, 0xbe)], END_STREAM)),
    code: /^http\.headersTooLarge$/,
    message: /head of the answer/,
    next: /fewer or shorter headers/,
  },
  {
    name: '300 KB of headers',
    answer: write((stream) =>
      head(stream, [ok, ...Array.from({ length: 6 }, () => field('a', 'x'.repeat(50_000)))], END_STREAM),
    ),
    // So many frames the library does not read.
    code: /^http\.headersTooLarge$/,
  },
  {
    name: 'a head that is small and becomes 400 MB',
    answer: write((stream) =>
      head(stream, [ok, field('a', 'x'.repeat(4_000), true), Buffer.alloc(100_000, 0xbe)], END_STREAM),
    ),
    code: /^http\.(?:headersTooLarge|enhanceYourCalm|streamReset)$/,
  },
  {
    name: 'a head that does not end',
    answer: (socket, stream) => {
      socket.write(frame('headers', 0, stream, ok));
      flood(socket, frame('continuation', 0, stream, field('a', 'x'.repeat(10_000))), 20_000);
    },
    code: /^http\.headersTooLarge$/,
  },
  {
    name: 'a flood of pings whose answers nobody takes',
    answer: (socket) => {
      socket.pause();
      flood(socket, repeated(frame('ping', 0, 0, Buffer.alloc(8)), 1_000), 300);
    },
    ...garbled,
  },
  {
    name: 'a flood of settings whose answers nobody takes',
    answer: (socket) => {
      socket.pause();
      flood(socket, repeated(frame('settings', 0, 0), 1_000), 300);
    },
    ...garbled,
  },
  {
    name: 'a flood of frames with nothing in them',
    answer: (socket, stream) => {
      socket.write(head(stream, [ok]));
      flood(socket, repeated(data(stream, ''), 1_000), 300);
    },
    code: /^http\.protocolError$/,
  },
];

suite('bad input over HTTP/2 that ends a send', () => {
  for (const { name, answer, code, message = /./, next = /./, mayBeSilent = false } of failures) {
    test(name, async (t) => {
      const server = await startFrames(t, answer);
      const sending = await BadSending.start(t, {}, ca);
      const before = process.memoryUsage.rss();
      const timeouts = { ...noLimit, headers: mayBeSilent ? 500 : 20_000 };
      const texts = told(await sending.send(server.origin, {}, { timeouts }));
      assert.match(texts.code, code);
      assert.match(texts.message, message);
      assert.match(texts.next, next);
      const added = Math.round((process.memoryUsage.rss() - before) / 2 ** 20);
      assert.ok(added < 150, `${added} MB`);
      await sending.assertNothingIsLeft();
    });
  }
});

suite('bad input over HTTP/2 that does no harm', () => {
  const harmless: Readonly<Record<string, Bad['answer']>> = {
    'frames after the end': write(
      (stream) => head(stream, [ok]),
      (stream) => data(stream, 'ok', END_STREAM),
      (stream) => data(stream, 'more'),
    ),
    'a reset after the end': write(
      (stream) => head(stream, [ok]),
      (stream) => data(stream, 'ok', END_STREAM),
      (stream) => reset(stream, INTERNAL_ERROR),
    ),
    'a frame of a kind that nobody knows': write(
      (stream) => Buffer.concat([frame('data', 0, stream).fill(0xee, 3, 4), head(stream, [ok])]),
      (stream) => data(stream, 'ok', END_STREAM),
    ),
  };
  for (const [name, answer] of Object.entries(harmless)) {
    test(name, async (t) => {
      const server = await startFrames(t, answer);
      const transport = trusting(t);
      for (let round = 0; round < 2; round++)
        assert.equal(await textOf(await exchangeWith(transport, server.origin)), 'ok');
    });
  }

  test('answers in advance that never end are bounded by the limit in time', async (t) => {
    const server = await startFrames(t, (socket, stream) => {
      flood(socket, repeated(head(stream, [field(':status', '103'), field('link', '</x>')]), 100), Infinity);
    });
    const timeouts = { ...noLimit, headers: 300 };
    const exchange = await exchangeWith(trusting(t), server.origin, { timeouts });
    assert.equal(endOf(exchange), 'http.headersTimeout');
  });

  test('resets of every call, a thousand times', async (t) => {
    const server = await startFrames(t, (socket, stream) => socket.write(reset(stream, INTERNAL_ERROR)));
    const transport = trusting(t);
    for (let round = 0; round < 20; round++) {
      const sends = Array.from({ length: 50 }, () => exchangeWith(transport, server.origin));
      for (const exchange of await Promise.all(sends)) assert.equal(endOf(exchange), 'http.streamReset');
    }
  });

  test('a server that says nothing after it has chosen HTTP/2', async (t) => {
    const server = await startFrames(t, () => undefined);
    const timeouts = { ...noLimit, headers: 200 };
    const exchange = await exchangeWith(trusting(t), server.origin, { timeouts });
    assert.equal(endOf(exchange), 'http.headersTimeout');
  });

  test('a server that has stopped without a word: the next call goes elsewhere', async (t) => {
    const server = await startFrames(t, (socket, stream, index) => {
      if (index === 1) socket.removeAllListeners('data').pause();
      else socket.write(head(stream, [ok], END_STREAM));
    });
    const transport = trusting(t);
    const ends: string[] = [];
    // Only the one that gets no answer is in a hurry: the machine may be busy.
    for (const headers of [20_000, 200, 20_000])
      ends.push(endOf(await exchangeWith(transport, server.origin, { timeouts: { ...noLimit, headers } })));
    assert.deepEqual(ends, ['200', 'http.headersTimeout', '200']);
    assert.equal(server.connections(), 2);
  });

  test('a server that lets no call begin', async (t) => {
    // SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 §6.5.2).
    const none = Buffer.concat([Buffer.from([0, 3]), word(0)]);
    const server = await startFrames(t, (socket, stream) => socket.write(head(stream, [ok], END_STREAM)), none);
    const timeouts = { ...noLimit, headers: 200 };
    const transport = trusting(t);
    for (let round = 0; round < 2; round++)
      assert.match(endOf(await exchangeWith(transport, server.origin, { timeouts })), /^(?:200|http\.headersTimeout)$/);
  });
});

suite('what is sent again by itself', () => {
  const POST = { method: 'POST', body: Buffer.from('once') } as const;

  for (const [name, refuse] of [
    ['REFUSED_STREAM', (stream: number) => reset(stream, REFUSED_STREAM)],
    ['a goodbye that names an earlier stream', () => goAway(0, 0)],
    ['a goodbye with an error that names an earlier stream', () => goAway(0, ENHANCE_YOUR_CALM)],
  ] as const) {
    test(`${name}: any request, because the server has not looked at it`, async (t) => {
      let refused = 0;
      const server = await startFrames(t, (socket, stream, index) => {
        if (index > 0) socket.write(head(stream, [ok], END_STREAM));
        else refused = socket.write(refuse(stream)) ? 1 : 1;
      });
      assert.equal(endOf(await exchangeWith(trusting(t), server.origin, POST)), '200');
      assert.equal(refused, 1);
    });

    test(`${name}, always: once`, async (t) => {
      let asked = 0;
      const server = await startFrames(t, (socket, stream, index) => {
        asked = index + 1;
        socket.write(refuse(stream));
      });
      assert.match(
        endOf(await exchangeWith(trusting(t), server.origin, POST)),
        /^http\.(?:streamReset|enhanceYourCalm)$/,
      );
      assert.equal(asked, 2);
    });
  }

  test('a goodbye that names the stream: nothing, because the server may have done it', async (t) => {
    let asked = 0;
    const server = await startFrames(t, (socket, stream, index) => {
      asked = index + 1;
      socket.write(goAway(stream, INTERNAL_ERROR));
    });
    const exchange = await exchangeWith(trusting(t), server.origin, POST);
    assert.equal(endOf(exchange), 'http.streamReset');
    assert.equal(dataOf(exchange)['reason'], 'INTERNAL_ERROR');
    assert.equal(asked, 1);
  });

  test('HTTP_1_1_REQUIRED: over HTTP/1.1, and from then on at once', async (t) => {
    const asked: string[] = [];
    const server = await startHttp2(t, (request, response) => {
      asked.push(request.httpVersion);
      if (request.httpVersion === '2.0') response.stream.close(HTTP_1_1_REQUIRED);
      else request.resume().on('end', () => response.end('1.1'));
    });
    const transport = trusting(t);
    for (let round = 0; round < 2; round++) {
      const exchange = await exchangeWith(transport, server.origin, POST);
      assert.deepEqual([await textOf(exchange), exchange.hops[0]?.http2], ['1.1', undefined]);
    }
    assert.deepEqual(asked, ['2.0', '1.1', '1.1']);
  });
});

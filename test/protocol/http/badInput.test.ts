import assert from 'node:assert/strict';
import test, { suite, type TestContext } from 'node:test';
import * as zlib from 'node:zlib';
import type { ServerResponse } from 'node:http';
import type { BodyOddity } from '../../../src/core/response/classify';
import type { BodyView } from '../../../src/core/response/bodyView';
import type { UndiciTransportOptions } from '../../../src/node/undiciTransport';
import { BadSending, rowsOf, told } from '../../helpers/badSending';
import type { Exchange } from '../../../src/core/http/exchange';
import { deferred } from '../../helpers/deferred';
import { eventually } from '../../helpers/eventually';
import {
  refusedPort,
  startHttp,
  startHttps,
  startScript,
  type CertificateName,
  type LocalServer,
} from '../../helpers/localServers';
import { proxyAt, startProxy } from '../../helpers/proxyServer';

/**
 * Everything bad that a network, a proxy or a server can do, in one table: what is told of it, and that nothing is
 * left behind. What belongs to the panel (closed, reloaded, a thousand sends) is in test/vscode/badInput.test.ts; HTML
 * and SVG with scripts are in test/webview, where they are drawn.
 */

const ok = 'HTTP/1.1 200 OK\r\n';
const raw = { form: 'raw', width: 0 } as const;

/** What a bad thing is sent to. */
interface Place {
  readonly url: string;
  readonly transport?: UndiciTransportOptions;
  readonly server?: LocalServer;
  /** Authorities that are trusted. */
  readonly ca?: readonly string[];
  readonly bodyLimit?: number;
}

interface Bad {
  readonly name: string;
  readonly at: (t: TestContext) => Promise<Place>;
  readonly code: RegExp;
  /** What happened. */
  readonly message: RegExp;
  /** The next step. */
  readonly next: RegExp;
}

const script =
  (answer: string | Buffer, end: 'end' | 'reset' | 'keep') =>
  async (t: TestContext): Promise<Place> => {
    const server = await startScript(t, answer, end);
    return { url: server.origin, server };
  };

const secured =
  (certificate: CertificateName) =>
  async (t: TestContext): Promise<Place> => {
    const server = await startHttps(t, certificate, (_request, response) => response.end('never'));
    return { url: server.origin, server };
  };

/** Has the server write for as long as somebody reads. */
function writeOn(response: ServerResponse, piece: Buffer, pieces = Infinity): void {
  let left = pieces;
  const more = (): void => {
    while (left-- > 0 && !response.destroyed && response.write(piece));
    if (left <= 0) response.end();
    else if (!response.destroyed) response.once('drain', more);
  };
  more();
}

const failures: readonly Bad[] = [
  {
    name: 'DNS failure',
    at: () => Promise.resolve({ url: 'http://no-such-host.invalid/' }),
    code: /^http\.(hostNotFound|hostLookupFailed)$/,
    message: /no-such-host\.invalid/,
    next: /^Check .*network/,
  },
  {
    name: 'refused',
    at: async (t) => ({ url: `http://127.0.0.1:${await refusedPort(t)}/` }),
    code: /^http\.connectionRefused$/,
    message: /Nothing answers at 127\.0\.0\.1:\d+/,
    next: /Start the server/,
  },
  {
    name: 'reset mid-body',
    at: script(`${ok}Content-Length: 1000\r\n\r\n${'x'.repeat(500)}`, 'reset'),
    code: /^http\.bodyIncomplete$/,
    message: /broke off after 500 bytes/,
    next: /Send again/,
  },
  {
    name: 'TLS expired',
    at: secured('expired'),
    code: /^http\.tlsExpired$/,
    message: /certificate of 127\.0\.0\.1:\d+ has expired/,
    next: /Renew the certificate/,
  },
  {
    name: 'TLS self-signed',
    at: secured('selfSigned'),
    code: /^http\.tlsUntrusted$/,
    message: /not signed by an authority that this system trusts/,
    next: /ca: of https:\/\/127\.0\.0\.1:\d+/,
  },
  {
    name: 'TLS wrong host',
    at: async (t) => {
      const server = await startHttps(t, 'wrongHost', (_request, response) => response.end('never'));
      return { url: server.origin, server, ca: ['authority.pem'] };
    },
    code: /^http\.tlsWrongHost$/,
    message: /shows is for other names: /,
    next: /Check the host in the URL/,
  },
  {
    name: 'proxy refusing (nothing there)',
    at: async (t) => {
      const proxy = proxyAt(await refusedPort(t));
      return { url: 'https://api.acme.dev/', transport: { proxy: () => proxy } };
    },
    code: /^http\.proxyRefused$/,
    message: /Nothing answers at the proxy 127\.0\.0\.1:\d+, which http\.proxy names/,
    next: /correct http\.proxy/,
  },
  {
    name: 'proxy refusing (no tunnel)',
    at: async (t) => {
      const proxy = (await startProxy(t, { refuses: 403 })).as();
      return { url: 'https://api.acme.dev/', transport: { proxy: () => proxy } };
    },
    code: /^http\.proxyTunnelRefused$/,
    message: /does not connect to the host \(HTTP 403\)/,
    next: /Ask who runs the proxy/,
  },
  {
    name: 'half a chunk',
    at: script(`${ok}Transfer-Encoding: chunked\r\n\r\n10\r\nabc`, 'end'),
    code: /^http\.bodyIncomplete$/,
    message: /broke off after 3 bytes/,
    next: /Send again/,
  },
  {
    name: 'wrong content-length (too long)',
    at: script(`${ok}Content-Length: 1000000\r\n\r\nabc`, 'end'),
    code: /^http\.bodyIncomplete$/,
    message: /before it was complete/,
    next: /log of the server/,
  },
  {
    name: 'wrong content-length (two of them)',
    at: script(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 'keep'),
    code: /^http\.malformedResponse$/,
    message: /not valid HTTP/,
    next: /log of the server/,
  },
  {
    name: 'gzip bomb',
    at: async (t) => {
      const bomb = zlib.gzipSync(Buffer.alloc(300_000_000));
      const server = await startHttp(t, (_request, response) =>
        response.setHeader('Content-Encoding', 'gzip').end(bomb),
      );
      // All of its few bytes have arrived: the connection is free for the next request.
      return { url: server.origin, bodyLimit: 64 * 2 ** 20 };
    },
    code: /^http\.bodyTooLarge$/,
    message: /larger than 64 MB, the most that Latchkey keeps/,
    next: /Ask the server for less/,
  },
  {
    name: '100k headers',
    at: script(`${ok}${'A: b\r\n'.repeat(100_000)}Content-Length: 0\r\n\r\n`, 'keep'),
    code: /^http\.headersTooLarge$/,
    message: /head of the answer/,
    next: /fewer or shorter headers/,
  },
  {
    name: '1 MB header',
    at: script(`${ok}X-Large: ${'x'.repeat(1_000_000)}\r\nContent-Length: 0\r\n\r\n`, 'keep'),
    code: /^http\.headersTooLarge$/,
    message: /head of the answer/,
    next: /fewer or shorter headers/,
  },
];

suite('bad input that ends a send', () => {
  for (const { name, at, code, message, next } of failures) {
    test(name, async (t) => {
      const { url, transport, server, ca, bodyLimit } = await at(t);
      const sending = await BadSending.start(t, transport, ca);
      const texts = told(await sending.send(url, { bodyLimit }));
      assert.match(texts.code, code);
      assert.match(texts.message, message);
      assert.match(texts.next, next);
      await server?.allClosed();
      await sending.assertNothingIsLeft();
    });
  }
});

interface Odd {
  readonly name: string;
  readonly type: string;
  readonly body: Buffer | string;
  readonly shown: (view: BodyView) => Promise<void>;
}

const zip = Buffer.from('504b03041400000008000000210000000000000000000000000000000000', 'hex');

/** It is shown, with a word that it is not what it says. */
function says(oddity: BodyOddity): Odd['shown'] {
  return ({ kind }: BodyView): Promise<void> => {
    assert.ok(kind.kind === 'text');
    assert.deepEqual(kind.oddities, [oddity]);
    return Promise.resolve();
  };
}

const bodies: readonly Odd[] = [
  {
    name: 'invalid JSON labelled JSON',
    type: 'application/json',
    body: '{\n  "a": 1,\n  "b": oops\n}',
    shown: async (view) => {
      assert.deepEqual(view.mistake, { line: 3, column: 8 });
      assert.ok(!view.hasPretty);
      assert.equal((await rowsOf(view, raw))[2], '  "b": oops');
    },
  },
  {
    name: 'wrong charset',
    type: 'text/plain; charset=utf-8',
    body: Buffer.from('caf\xe9 au lait, and more words that are fine', 'latin1'),
    shown: async (view) => {
      assert.match((await rowsOf(view, raw))[0] ?? '', /^caf\ufffd au lait/);
      await says('invalidBytes')(view);
    },
  },
  {
    name: 'a charset that nobody knows',
    type: 'text/plain; charset=klingon',
    body: 'nuqneH',
    shown: async (view) => {
      assert.deepEqual(await rowsOf(view, raw), ['nuqneH']);
      await says('unknownCharset')(view);
    },
  },
  {
    name: 'NUL bytes in JSON',
    type: 'application/json',
    body: '{"a":"\0"}',
    shown: async (view) => {
      assert.ok(!view.hasPretty);
      assert.deepEqual(await rowsOf(view, raw), ['{"a":"\0"}']);
    },
  },
  {
    name: 'NUL bytes in text',
    type: 'text/plain',
    body: Buffer.alloc(4_000),
    shown: says('notText'),
  },
  {
    name: 'zip as text',
    type: 'text/plain; charset=utf-8',
    body: zip,
    shown: says('notText'),
  },
  {
    name: 'HTML with scripts is text',
    type: 'text/html',
    body: '<script>alert(1)</script>',
    shown: async (view) => assert.deepEqual(await rowsOf(view, raw), ['<script>alert(1)</script>']),
  },
  {
    name: 'SVG with scripts is text',
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    shown: async (view) => assert.match((await rowsOf(view, raw))[0] ?? '', /onload/),
  },
];

suite('bad input that is shown', () => {
  for (const { name, type, body, shown } of bodies) {
    test(name, async (t) => {
      const server = await startHttp(t, (_request, response) => response.setHeader('Content-Type', type).end(body));
      const sending = await BadSending.start(t);
      await shown(await sending.view(await sending.send(server.origin)));
      await sending.assertNothingIsLeft();
    });
  }

  test('wrong content-length (too short): what was promised is the body', async (t) => {
    const server = await startScript(
      t,
      `${ok}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nok and more`,
      'keep',
    );
    const sending = await BadSending.start(t);
    assert.deepEqual(await rowsOf(await sending.view(await sending.send(server.origin)), raw), ['ok']);
    await server.allClosed();
    await sending.assertNothingIsLeft();
  });

  for (const [what, type] of [
    ['a single line of 200 MB', 'text/plain'],
    ['a single JSON string of 200 MB', 'application/json'],
  ] as const) {
    test(what, { timeout: 120_000 }, async (t) => {
      const pieces = 200;
      const server = await startHttp(t, (_request, response) => {
        response.setHeader('Content-Type', type).write('"');
        writeOn(response, Buffer.alloc(1_000_000, 'x'), pieces);
      });
      const sending = await BadSending.start(t);
      const view = await sending.view(await sending.send(server.origin));
      const layout = { form: 'raw', width: 120 } as const;
      assert.equal((await rowsOf(view, layout, 1))[0]?.length, 120);
      const count = await view.rowCount(layout);
      assert.equal(count, Math.ceil((pieces * 1_000_000 + 1) / 120));
      assert.match((await view.rows(layout, count - 2, count))[0]?.text ?? '', /^x{120}$/);
      assert.equal(view.lineCount('raw'), 1);
      await sending.assertNothingIsLeft();
    });
  }

  test('an endless stream is shown as it comes, and ends when it is cancelled', { timeout: 60_000 }, async (t) => {
    const server = await startHttp(t, (_request, response) => {
      response.setHeader('Content-Type', 'text/plain');
      writeOn(response, Buffer.from('more and more\n'.repeat(5_000)));
    });
    const sending = await BadSending.start(t);
    const controller = new AbortController();
    const begun = deferred();
    let sofar: Exchange | undefined;
    const sent = sending.send(server.origin, {
      signal: controller.signal,
      onResponse: (exchange) => {
        sofar = exchange;
        begun.resolve();
      },
    });
    await begun.promise;
    assert.ok(sofar);
    const view = await sending.view(sofar);
    await eventually(() => assert.ok(view.size > 30_000_000), 30_000);
    assert.equal((await view.rows(raw, 0, 1))[0]?.text, 'more and more');
    controller.abort();
    assert.equal((await sent).outcome.kind, 'cancelled');
    await server.allClosed();
    await sending.assertNothingIsLeft();
  });
});

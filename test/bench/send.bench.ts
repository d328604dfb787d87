import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import type * as net from 'node:net';
import { Agent, request as undiciRequest } from 'undici';
import { authorise } from '../../src/core/http/authorise';
import { sendExchange } from '../../src/core/http/sendExchange';
import { UndiciTransport } from '../../src/node/undiciTransport';
import {
  bearerToken,
  connectionTo,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../helpers/requests';
import { securedWith, tlsFixture } from '../helpers/tlsProfiles';
import type { Measurement } from '../tools/bench/measurement';

/**
 * What the way from a request to its exchange costs, beside plain undici on the same server in the same run: one
 * thousand small sends one after the other, and one large body. Prints a table and JSON lines.
 */

const sends = 1000;
const rounds = 5;
const largeBody = 50 * 2 ** 20;
const token = 'x'.repeat(900);

interface Work {
  readonly name: string;
  readonly unit: 'ms';
  readonly perRound: number;
  readonly subjects: Readonly<Record<string, () => Promise<void>>>;
}

/** Milliseconds for each send, by subject. */
async function measure({ perRound, subjects }: Work): Promise<Record<string, readonly number[]>> {
  const times: Record<string, number[]> = {};
  // In turn, so that what else the machine does falls on all of them.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const began = performance.now();
      for (let index = 0; index < perRound; index++) await subject();
      // The first round warms up.
      if (round > 0) (times[name] ??= []).push((performance.now() - began) / perRound);
    }
  }
  return times;
}

/** The first subject is what the others are compared with. */
function measurements(work: Work, times: Record<string, readonly number[]>): Measurement[] {
  const [baseline = []] = Object.values(times);
  return Object.entries(times).map(([subject, values]) => ({
    name: `${work.name}: ${subject}`,
    unit: work.unit,
    values,
    ...(values === baseline ? {} : { baseline }),
  }));
}

/** What answers `/large` with many bytes and everything else with few. */
function answer(request: { readonly url?: string | undefined }, response: http.ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(request.url === '/large' ? large : small);
}

const small = Buffer.from(JSON.stringify({ text: 'x'.repeat(1000) }));
const large = Buffer.alloc(largeBody, 'x');

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as net.AddressInfo).port;
}

/** Small and large answers through our pipeline, beside raw undici and raw `node:http2` on the same servers. */
export async function run(): Promise<readonly Measurement[]> {
  const identity = { cert: tlsFixture('valid.pem'), key: tlsFixture('valid.key.pem') };
  const plainServer = http.createServer(answer);
  const secureServer = https.createServer(identity, answer);
  const http2Server = http2.createSecureServer(identity, answer as never);
  const origin = `http://127.0.0.1:${await listen(plainServer)}`;
  const secureOrigin = `https://127.0.0.1:${await listen(secureServer)}`;
  const http2Origin = `https://127.0.0.1:${await listen(http2Server)}`;
  const agent = new Agent();
  const session = http2.connect(http2Origin, { ca: tlsFixture('authority.pem') });
  const transport = new UndiciTransport();
  const dependencies = sendDependencies(securedWith(transport, { ca: ['authority.pem'] }));

  const plain = (path: string) => async (): Promise<void> => {
    const { body } = await undiciRequest(origin + path, {
      dispatcher: agent,
      headers: { Authorization: `Bearer ${token}` },
    });
    await body.arrayBuffer();
  };
  const plainHttp2 = (path: string) => async (): Promise<void> => {
    const stream = session.request({ ':path': path, authorization: `Bearer ${token}` });
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    Buffer.concat(chunks);
  };
  const ours = (from: string, path: string) => async (): Promise<void> => {
    const timeouts = { connect: 10_000, headers: 30_000, idle: 30_000, total: 60_000 };
    const request = httpRequest(from + path, { auth: withConnection, timeouts });
    const authorised = authorise(request, bearerToken(token), connectionTo(from));
    const { outcome } = await sendExchange(authorised, dependencies, { signal: neverAborted });
    if (outcome.kind !== 'response') throw new Error(outcome.kind);
  };
  const works: readonly Work[] = [
    {
      name: '1 KB, one after the other',
      unit: 'ms',
      perRound: sends,
      subjects: {
        'undici.request': plain('/small'),
        sendExchange: ours(origin, '/small'),
        'sendExchange, https': ours(secureOrigin, '/small'),
        'sendExchange, HTTP/2': ours(http2Origin, '/small'),
        'node:http2': plainHttp2('/small'),
      },
    },
    {
      name: '50 MB into memory',
      unit: 'ms',
      perRound: 3,
      subjects: {
        'undici.request': plain('/large'),
        sendExchange: ours(origin, '/large'),
        'sendExchange, https': ours(secureOrigin, '/large'),
        'sendExchange, HTTP/2': ours(http2Origin, '/large'),
        'node:http2': plainHttp2('/large'),
      },
    },
  ];
  const results: Measurement[] = [];
  for (const work of works) results.push(...measurements(work, await measure(work)));
  transport.dispose();
  session.destroy();
  await agent.close();
  for (const server of [plainServer, secureServer, http2Server]) server.close();
  return results;
}

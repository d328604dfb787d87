import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
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
  readonly unit: string;
  readonly perRound: number;
  readonly subjects: Readonly<Record<string, () => Promise<void>>>;
}

interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

async function measure({ perRound, subjects }: Work): Promise<Record<string, Measured>> {
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
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, statistics(values)]));
}

function statistics(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? NaN, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

function report(work: Work, measured: Record<string, Measured>): void {
  const [base = NaN] = Object.values(measured).map(({ median }) => median);
  for (const [subject, result] of Object.entries(measured)) {
    const ratio = result.median / base;
    const [median, min, max] = [result.median, result.min, result.max].map((value) => value.toFixed(3));
    console.log(
      `${work.name.padEnd(34)} ${subject.padEnd(20)} ${median} ${work.unit} (${min}–${max}) × ${ratio.toFixed(2)}`,
    );
    console.log(JSON.stringify({ bench: 'send', work: work.name, subject, unit: work.unit, ratio, ...result }));
  }
}

async function main(): Promise<void> {
  const small = Buffer.from(JSON.stringify({ text: 'x'.repeat(1000) }));
  const large = Buffer.alloc(largeBody, 'x');
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json').end(request.url === '/large' ? large : small);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent();
  const transport = new UndiciTransport();
  const dependencies = sendDependencies(transport);

  const plain = (path: string) => async (): Promise<void> => {
    const { body } = await undiciRequest(origin + path, {
      dispatcher: agent,
      headers: { Authorization: `Bearer ${token}` },
    });
    await body.arrayBuffer();
  };
  const ours = (path: string) => async (): Promise<void> => {
    const timeouts = { connect: 10_000, headers: 30_000, idle: 30_000, total: 60_000 };
    const request = httpRequest(origin + path, { auth: withConnection, timeouts });
    const authorised = authorise(request, bearerToken(token), connectionTo(origin));
    const { outcome } = await sendExchange(authorised, dependencies, { signal: neverAborted });
    if (outcome.kind !== 'response') throw new Error(outcome.kind);
  };
  const works: readonly Work[] = [
    {
      name: '1 KB, one after the other',
      unit: 'ms',
      perRound: sends,
      subjects: { 'undici.request': plain('/small'), sendExchange: ours('/small') },
    },
    {
      name: '50 MB into memory',
      unit: 'ms',
      perRound: 3,
      subjects: { 'undici.request': plain('/large'), sendExchange: ours('/large') },
    },
  ];
  for (const work of works) report(work, await measure(work));
  transport.dispose();
  await agent.close();
  server.close();
}

void main();

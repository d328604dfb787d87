import assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAuthorised, type TokenAccess } from '../../src/core/http/sendAuthorised';
import type { ConnectionConfig } from '../../src/core/oauth/model';
import { UndiciTransport } from '../../src/node/undiciTransport';
import { connectionWith } from '../helpers/oauth/connection';
import { FakeSecretStore } from '../helpers/oauth/fakeSecretStore';
import { quirkMetadata, startQuirkServer } from '../helpers/oauth/quirkServer';
import { ShiftedClock } from '../helpers/oauth/shiftedClock';
import { TestWindow } from '../helpers/oauth/testWindow';
import { bearerToken, httpRequest, neverAborted, sendDependencies, withConnection } from '../helpers/requests';
import type { Measurement } from '../tools/bench/measurement';

/**
 * What a token costs before a request: with one that is good, beside the least that any store of tokens has to do,
 * and for a thousand requests at once with one that has expired, beside the same requests with a token at hand.
 */

const calls = 10_000;
const sends = 1_000;
const rounds = 5;
const hour = 3_600_000;

/** Counts the reads of the secret storage, each of which is a message to another process in VS Code. */
class CountedSecrets extends FakeSecretStore {
  reads = 0;

  override get(key: string): Promise<string | undefined> {
    this.reads++;
    return super.get(key);
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

export async function run(): Promise<readonly Measurement[]> {
  let tokens = 0;
  const server = await startQuirkServer();
  server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
  server.routes['/token'] = () => {
    const access = `${++tokens}`.padEnd(900, 'x');
    return { body: { access_token: access, token_type: 'bearer', refresh_token: `r${tokens}`, expires_in: 600 } };
  };
  const api = http.createServer((_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const connection = connectionWith({ issuer: server.origin, clientId: 'bench', scopes: ['read'], origins: [origin] });
  const secrets = new CountedSecrets();
  const clock = new ShiftedClock();
  const window = new TestWindow({ secrets, clock, browse: comeBack });
  const outcome = await window.service.signIn(connection, { folder: 'file:///bench', signal: neverAborted });
  assert.equal(outcome.kind, 'signedIn');
  const { id } = outcome.session;
  const access: TokenAccess = {
    freshToken: (signal) => window.service.freshToken(id, signal),
    renew: (rejected, signal) => window.service.renew(id, rejected, signal),
  };
  const fixed: TokenAccess = {
    freshToken: () => Promise.resolve(bearerToken('x'.repeat(900))),
    renew: () => Promise.resolve(undefined),
  };

  const good = await goodToken(access, secrets, `latchkey.session.${id}`, clock);
  const transport = new UndiciTransport();
  const burst = (session: TokenAccess): Promise<number> =>
    timed(() => sendAtOnce(transport, origin, connection, session));
  const expired: number[] = [];
  const atHand: number[] = [];
  const requests: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    clock.forward(hour);
    const before = tokens;
    const ours = await burst(access);
    const raw = await burst(fixed);
    // The first round warms up.
    if (round === 0) continue;
    expired.push(ours);
    atHand.push(raw);
    requests.push(tokens - before);
  }
  window[Symbol.dispose]();
  transport.dispose();
  api.close();
  await server[Symbol.asyncDispose]();
  return [
    ...good,
    { name: `${sends} sends at once, token expired`, unit: 'ms', values: expired, baseline: atHand },
    { name: '  token requests for them', unit: 'count', values: requests, aim: 1 },
  ];
}

/** What is looked at of a stored session. */
interface Stored {
  readonly tokens: { readonly obtainedAt: number };
}

/** Beside the least that a cache has to do, and what every call costs that asks the secret storage. */
async function goodToken(
  access: TokenAccess,
  secrets: CountedSecrets,
  key: string,
  clock: ShiftedClock,
): Promise<readonly Measurement[]> {
  const check = ({ tokens }: Stored): void => {
    if (tokens.obtainedAt + hour < clock.now()) throw new Error('expired');
  };
  const read = async (): Promise<Stored> => JSON.parse((await secrets.get(key)) ?? '') as Stored;
  const cache = new Map([[key, await read()]]);
  const lookUp = async (): Promise<void> => {
    const known = cache.get(key);
    check(known ?? (await read()));
  };
  const parse = async (): Promise<void> => check(await read());
  const times = { ours: [] as number[], map: [] as number[], parse: [] as number[], reads: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const before = secrets.reads;
    const ours = await timed(() => repeatedly(() => access.freshToken(neverAborted)));
    const reads = secrets.reads - before;
    const map = await timed(() => repeatedly(lookUp));
    const parsed = await timed(() => repeatedly(parse));
    if (round === 0) continue;
    times.ours.push(ours);
    times.reads.push(reads);
    times.map.push(map);
    times.parse.push(parsed);
  }
  return [
    { name: `${calls} × a good token`, unit: 'ms', values: times.ours, baseline: times.map, aim: 0.2 * calls },
    { name: '  reads of the secret storage for them', unit: 'count', values: times.reads, aim: 0 },
    { name: '  a look into a Map and a comparison', unit: 'ms', values: times.map },
    { name: '  secrets.get and JSON.parse', unit: 'ms', values: times.parse, baseline: times.map },
  ];
}

async function repeatedly(task: () => Promise<unknown>): Promise<void> {
  for (let call = 0; call < calls; call++) await task();
}

async function sendAtOnce(
  transport: UndiciTransport,
  origin: string,
  connection: ConnectionConfig,
  session: TokenAccess,
): Promise<void> {
  const request = httpRequest(`${origin}/`, { auth: withConnection });
  const send = async (): Promise<void> => {
    const { signal } = new AbortController();
    const { outcome } = await sendAuthorised(request, connection, session, sendDependencies(transport), { signal });
    if (outcome.kind !== 'response') throw new Error(outcome.kind);
  };
  await Promise.all(Array.from({ length: sends }, send));
}

function comeBack(url: string): Promise<Response> {
  const query = new URL(url).searchParams;
  return fetch(`${query.get('redirect_uri') ?? ''}?code=c&state=${query.get('state') ?? ''}`);
}

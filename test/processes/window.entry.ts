import { setTimeout as delay } from 'node:timers/promises';
import { LatchkeyError } from '../../src/core/errors';
import type { Exchange } from '../../src/core/http/exchange';
import { sendAuthorised, type TokenAccess } from '../../src/core/http/sendAuthorised';
import type { AccessToken, ConnectionConfig } from '../../src/core/oauth/model';
import type { Lock } from '../../src/core/ports';
import { FileLock } from '../../src/node/fileLock';
import { UndiciTransport } from '../../src/node/undiciTransport';
import { logIn } from '../helpers/oauth/authServer';
import { connectionWith } from '../helpers/oauth/connection';
import { MemoryLog } from '../helpers/oauth/memoryLog';
import { ShiftedClock } from '../helpers/oauth/shiftedClock';
import { desktop, never, TestWindow } from '../helpers/oauth/testWindow';
import { KillPoints } from '../helpers/processes/killPoints';
import { RemoteSecrets } from '../helpers/processes/remoteSecrets';
import type {
  CommandName,
  FailedSend,
  FromWindow,
  TakenToken,
  ToWindow,
  TrafficPlan,
  TrafficReport,
  WindowCommands,
  WindowSetup,
} from '../helpers/processes/windowMessages';
import { connectionTo, httpRequest, sendDependencies, withConnection } from '../helpers/requests';

const setup = JSON.parse(process.argv[2] ?? '{}') as WindowSetup;
const points = new KillPoints(setup.dieAt);
const transport = new UndiciTransport();
const clock = new ShiftedClock();
clock.forward(setup.ahead);

/** One window of the editor: the whole engine, its ports real but for the editor's own. */
const window = new TestWindow({
  clock,
  environment: { ...desktop, extensionHost: setup.extensionHost },
  ports: {
    secrets: points.secrets(new RemoteSecrets()),
    lock: points.lock(lock()),
    transport: points.transport(transport),
    browser: points.browser({
      open: (url) => {
        void logIn(url, { account });
        return Promise.resolve(true);
      },
    }),
  },
});

/** Who sits before the browser. */
let account = 'alice';
const stopped = new AbortController();

function lock(): Lock {
  if (setup.locks === undefined) return { withLock: (_name, _signal, task) => task() };
  const files = new FileLock(setup.locks, new MemoryLog());
  if (setup.fence) return files;
  return { withLock: (name, signal, task) => files.withLock(name, signal, () => task()) };
}

const commands: {
  readonly [N in CommandName]: (args: WindowCommands[N]['args']) => Promise<WindowCommands[N]['value']>;
} = {
  fresh: async ({ id }) => (await window.service.freshToken(id, never())).value.revealForTransport(),
  signIn: async ({ issuer, account: person }) => {
    account = person;
    const connection = connectionWith({ issuer, clientId: 'desktop' });
    const outcome = await window.service.signIn(connection, { folder: 'file:///projects/shop', signal: never() });
    if (outcome.kind !== 'signedIn') throw new Error('cancelled');
    return outcome.session.id;
  },
  list: async () =>
    (await window.service.list()).map(({ id, account: { label }, state }) => ({ id, account: label, state })),
  traffic,
  stop: () => {
    stopped.abort();
    return Promise.resolve(null);
  },
};

async function traffic({ id, url }: TrafficPlan): Promise<TrafficReport> {
  const failures: FailedSend[] = [];
  let sent = 0;
  let renewed = 0;
  const connection = connectionTo(new URL(url).origin);
  while (!stopped.signal.aborted) {
    const { exchange, tokens } = await send(url, connection, id);
    sent++;
    const end = endOf(exchange);
    if (end !== '200') failures.push({ end, tokens });
    else if (exchange.hops.length > 1) renewed++;
    if (exchange.outcome.kind === 'response') exchange.outcome.response.body.dispose();
    await delay(20 + Math.random() * 60);
  }
  return { sent, renewed, failures };
}

interface Sent {
  readonly exchange: Exchange;
  readonly tokens: readonly TakenToken[];
}

async function send(url: string, connection: ConnectionConfig, id: string): Promise<Sent> {
  const tokens: TakenToken[] = [];
  const taken = <T extends AccessToken | undefined>(token: T): T => {
    if (token) tokens.push({ value: token.value.revealForTransport(), takenAt: Date.now() });
    return token;
  };
  const access: TokenAccess = {
    freshToken: async (signal) => taken(await window.service.freshToken(id, signal)),
    renew: async (rejected, signal) => taken(await window.service.renew(id, rejected, signal)),
  };
  const request = httpRequest(url, { auth: withConnection });
  const dependencies = sendDependencies(transport);
  return { exchange: await sendAuthorised(request, connection, access, dependencies, { signal: never() }), tokens };
}

function endOf({ outcome }: Exchange): string {
  if (outcome.kind === 'failure') return outcome.error.code;
  return outcome.kind === 'response' ? String(outcome.response.status) : outcome.kind;
}

function answer(message: FromWindow): void {
  process.send?.(message);
}

process.on('message', (message: ToWindow) => {
  if (message.kind !== 'command') return;
  const { call, name, args } = message;
  const run = commands[name] as (args: unknown) => Promise<unknown>;
  run(args).then(
    (value) => answer({ kind: 'answer', call, value }),
    (error: unknown) =>
      answer({ kind: 'answer', call, error: error instanceof LatchkeyError ? error.code : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
answer({ kind: 'ready' });

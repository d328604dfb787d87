import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Agent, request as undiciRequest } from 'undici';
import * as vscode from 'vscode';
import { hostIsIdle } from './hostIsIdle';
import {
  orderPortVariable,
  type Activated,
  type Answers,
  type Order,
  type SeenInHost,
  type SentByCommand,
} from './runnerOrders';

const agent = new Agent();
const delays = monitorEventLoopDelay({ resolution: 1 });
let rssBefore = 0;

/** Runs in the extension host of a window that has one of the extensions; does as it is told until it is told to end. */
export async function run(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = http.createServer((request, response) => {
      // A connection for each: one that is kept may be closed just as it is used again.
      response.setHeader('connection', 'close');
      const order = JSON.parse(decodeURIComponent(request.url?.slice(1) ?? '')) as Order;
      obey(order).then(
        (answer) => {
          response.end(JSON.stringify(answer));
          if (order.order === 'end') server.close(() => resolve());
        },
        (error: unknown) => {
          response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
        },
      );
    });
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      fs.writeFileSync(String(process.env[orderPortVariable]), String((server.address() as AddressInfo).port));
    });
  });
}

async function obey(order: Order): Promise<Answers[Order['order']]> {
  switch (order.order) {
    case 'activate':
      return activate();
    case 'send':
      return send(order.bytes);
    case 'seen':
      return seen();
    case 'sendSmall':
      return sendSmall(order.times);
    case 'raw':
      return raw(order.bytes, order.times);
    case 'end':
      await agent.close();
      return null;
  }
}

function subject(): vscode.Extension<unknown> {
  const found =
    vscode.extensions.getExtension('latchkey.latchkey') ?? vscode.extensions.getExtension('latchkey-tests.floor');
  if (!found) throw new Error('There is no extension to measure.');
  return found;
}

async function activate(): Promise<Activated> {
  const extension = subject();
  if (extension.isActive) throw new Error(`${extension.id} was active before it could be measured.`);
  await hostIsIdle();
  const memoryBefore = process.memoryUsage.rss();
  const began = performance.now();
  await extension.activate();
  const ms = performance.now() - began;
  const rssMb = addedSince(memoryBefore);
  // People send from the file that they see.
  await vscode.window.showTextDocument(requestFile());
  await hostIsIdle();
  return { ms, rssMb, shownRssMb: addedSince(memoryBefore) };
}

/** Megabytes of resident memory. */
function addedSince(before: number): number {
  return (process.memoryUsage.rss() - before) / 1e6;
}

function requestFile(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no folder.');
  return vscode.Uri.joinPath(folder.uri, 'bodies.http.yaml');
}

/** Sends as a user's command does; the argument is the file and the name of a request for one, the URL for the other. */
async function sendByCommand(bytes: number): Promise<void> {
  if (subject().id === 'latchkey-tests.floor') {
    await vscode.commands.executeCommand('floor.send', `${origin()}/json/${bytes}`);
    return;
  }
  const file = requestFile();
  const summary = await vscode.commands.executeCommand<{ ok: boolean }>('latchkey.send', file, `bytes${bytes}`);
  if (!summary.ok) throw new Error(`A send failed: ${JSON.stringify(summary)}`);
}

async function send(bytes: number): Promise<SentByCommand> {
  watchMemory();
  delays.enable();
  delays.reset();
  const began = performance.now();
  await sendByCommand(bytes);
  return { beganAt: performance.timeOrigin + began, ms: performance.now() - began };
}

function seen(): SeenInHost {
  delays.disable();
  return {
    rssMb: (highestRss() - rssBefore) / 1e6,
    stallMs: Math.max(0, delays.max / 1e6 - 1),
    p99Ms: Math.max(0, delays.percentile(99) / 1e6 - 1),
  };
}

async function sendSmall(times: number): Promise<readonly number[]> {
  const each: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    await sendByCommand(1000);
    each.push(performance.now() - began);
  }
  return each;
}

async function raw(bytes: number, times: number): Promise<readonly number[]> {
  const each: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    let received = 0;
    const { body } = await undiciRequest(`${origin()}/json/${bytes}`, { dispatcher: agent });
    for await (const piece of body) received += (piece as Buffer).length;
    if (received !== bytes) throw new Error(`${received} of ${bytes} bytes arrived.`);
    each.push(performance.now() - began);
  }
  return each;
}

function origin(): string {
  return String(process.env['LATCHKEY_BENCH_SERVER']);
}

/** Linux keeps a high-water mark of resident memory, and can be told to begin anew. */
function watchMemory(): void {
  rssBefore = process.memoryUsage.rss();
  if (process.platform === 'linux') fs.writeFileSync('/proc/self/clear_refs', '5');
}

function highestRss(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss();
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

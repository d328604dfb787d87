import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowserWithProfile } from '../helpers/browser';
import { eventually } from '../helpers/eventually';
import { repositoryRoot } from '../helpers/repository';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { runWindow, startVsCodeServer } from '../helpers/vsCodeServer';
import { latestVersion, provisionVsCode } from '../tools/provision/vsCode';
import { floorExtension } from './floorManifest';
import { orderPortVariable, type Answers, type Order, type Subject } from './runnerOrders';
import { WebviewOrigin } from './webviewOrigin';

/** A gigabyte may take its time on a slow machine. */
const windowTimeoutMs = 600_000;

/** A fresh window of a real VS Code with one of the subjects, and the driver in its extension host. */
export interface BenchWindow {
  readonly page: Page;
  give<Name extends Order['order']>(order: Extract<Order, { readonly order: Name }>): Promise<Answers[Name]>;
}

/** Opens a window, and closes it when `use` is done. */
export async function inBenchWindow(
  subject: Subject,
  { origin, sizes }: { readonly origin: string; readonly sizes: readonly number[] },
  use: (window: BenchWindow) => Promise<void>,
): Promise<void> {
  const vsCode = await provisionVsCode(latestVersion, (line) => console.log(line));
  await using workspace = await temporaryFolder('bench-workspace');
  await using floor = await temporaryFolder('bench-floor');
  await using results = await temporaryFolder('bench-results');
  await using profile = await temporaryFolder('bench-profile');
  await using webviews = await WebviewOrigin.start(vsCode);
  await floorExtension(floor.path);
  await fs.writeFile(path.join(workspace.path, 'bodies.http.yaml'), requestFile(origin, sizes));
  const portFile = path.join(results.path, 'port');
  const env = { [orderPortVariable]: portFile, LATCHKEY_BENCH_SERVER: origin };
  await using server = await startVsCodeServer(vsCode, env);
  const context = await launchBrowserWithProfile(profile.path, webviews.host);
  let opened: Page | undefined;
  try {
    const ended = runWindow({ newContext: () => Promise.resolve(context) }, server, {
      workspace: workspace.path,
      extensions: [subject === 'floor' ? floor.path : repositoryRoot],
      driver: path.join(repositoryRoot, 'out', 'test', 'bench', 'runnerDriver.entry.js'),
      timeoutMs: windowTimeoutMs,
      onLog: () => undefined,
      onPage: (page) => {
        opened = page;
        return webviews.use(page);
      },
    });
    // What goes wrong comes out below; nobody may be told of it before.
    ended.catch(() => undefined);
    const failed = ended.then((code) => {
      throw new Error(`The window ended with code ${code}; the server's log is ${server.logFile}`);
    });
    const port = await Promise.race([eventually(() => portIn(portFile), 60_000), failed]);
    const give: BenchWindow['give'] = (order) => obeyed(port, order);
    if (!opened) throw new Error('There is no page.');
    await use({ page: opened, give });
    await give({ order: 'end' });
    const code = await ended;
    if (code !== 0) throw new Error(`The window ended with code ${code}; the server's log is ${server.logFile}`);
  } finally {
    await context.close();
  }
}

async function portIn(file: string): Promise<number> {
  const port = Number(await fs.readFile(file, 'utf8'));
  if (port === 0) throw new Error('The port is not there yet.');
  return port;
}

async function obeyed<Answer>(port: number, order: Order): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(JSON.stringify(order))}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`The driver could not ${order.order}: ${text}`);
  return JSON.parse(text) as Answer;
}

function requestFile(origin: string, sizes: readonly number[]): string {
  const requests = sizes.map((bytes) => `  bytes${bytes}:\n    get: ${origin}/json/${bytes}\n    timeout: 5m\n`);
  return `requests:\n${requests.join('')}`;
}

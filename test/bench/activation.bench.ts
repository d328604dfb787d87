import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../helpers/browser';
import { repositoryRoot } from '../helpers/repository';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { runWindow, startVsCodeServer } from '../helpers/vsCodeServer';
import type { VsCodeServer } from '../helpers/vsCodeServer';
import type { Measurement } from '../tools/bench/measurement';
import { latestVersion, provisionVsCode } from '../tools/provision/vsCode';
import type { Activation } from './activationDriver.entry';
import { activationResultVariable } from './activationResult';
import { bundleSizes } from './bundleSizes';
import { floorExtension } from './floorManifest';

const windowsEach = 9;
const windowTimeoutMs = 60_000;
const bundled = (name: string): string => path.join(repositoryRoot, 'out', 'test', 'bench', name);

/**
 * What activating Latchkey costs in a fresh window of the latest VS Code, beside the smallest extension that could do
 * something similar; and what a user downloads for it.
 */
export async function run(): Promise<readonly Measurement[]> {
  const activations = await measureActivations();
  const of = (name: string, value: (activation: Activation) => number): readonly number[] =>
    activations.filter((activation) => activation.name === name).map(value);
  const compared = (value: (activation: Activation) => number): Pick<Measurement, 'values' | 'baseline'> => ({
    values: of('latchkey', value),
    baseline: of('floor', value),
  });
  return [
    { name: 'activate latchkey', unit: 'ms', aim: 20, ...compared(({ ms }) => ms) },
    { name: 'activate floor', unit: 'ms', values: of('floor', ({ ms }) => ms) },
    { name: 'host memory, latchkey', unit: 'MB', ...compared(({ rssMb }) => rssMb) },
    { name: 'host memory, floor', unit: 'MB', values: of('floor', ({ rssMb }) => rssMb) },
    ...(await bundleSizes()),
  ];
}

async function measureActivations(): Promise<readonly Activation[]> {
  const vsCode = await provisionVsCode(latestVersion, (line) => console.log(line));
  await using workspace = await temporaryFolder('bench-workspace');
  await using floor = await temporaryFolder('bench-floor');
  await using results = await temporaryFolder('bench-results');
  const resultFile = path.join(results.path, 'activations.jsonl');
  await floorExtension(floor.path);
  await using server = await startVsCodeServer(vsCode, { [activationResultVariable]: resultFile });
  const browser = await launchBrowser();
  try {
    for (let round = 0; round < windowsEach; round += 1) {
      // Taking turns: what the machine does meanwhile hits both alike.
      for (const extension of [floor.path, repositoryRoot])
        await openWindow(browser, server, workspace.path, extension);
    }
  } finally {
    await browser.close();
  }
  const lines = (await fs.readFile(resultFile, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Activation);
}

async function openWindow(browser: Browser, server: VsCodeServer, workspace: string, extension: string): Promise<void> {
  const driver = bundled('activationDriver.entry.js');
  const options = { workspace, extensions: [extension], driver, timeoutMs: windowTimeoutMs };
  const code = await runWindow(browser, server, { ...options, onLog: () => undefined });
  if (code !== 0) throw new Error(`A window ended with code ${code}; the server's log is ${server.logFile}`);
}

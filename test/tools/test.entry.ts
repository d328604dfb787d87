import * as path from 'node:path';
import { StartedProcess } from '../helpers/childProcess';
import { repositoryRoot, resultsFolder } from '../helpers/repository';
import type { SuiteResult } from '../helpers/suiteResult';
import type { Layer } from './run/layer';
import { layers } from './run/layers';
import { runLayer } from './run/runLayer';
import { selectLayers } from './run/selectLayers';
import { shareCores } from './run/shareCores';
import { onTermination } from './termination';

const running = new Set<StartedProcess>();
const interruption = new AbortController();
const isInterrupted = (): boolean => interruption.signal.aborted;

/** `npm test [-- layer…]`: runs the layers and ends with the line `N passed, M failed`. */
async function main(): Promise<void> {
  onTermination(async () => {
    interruption.abort();
    await Promise.all([...running].map((layer) => layer.stop()));
  });
  const selected = selectLayers(layers, process.argv.slice(2));
  const provisioned = selected.some((layer) => layer.provisioned) ? provision() : Promise.resolve(undefined);
  const results: SuiteResult[] = [];
  const runOne = async (layer: Layer): Promise<void> => {
    if (isInterrupted()) return;
    const problem = layer.provisioned ? await provisioned : undefined;
    const begin = performance.now();
    const result = problem ?? (await runLayer(layer, track));
    // What was cut off has neither passed nor failed.
    if (isInterrupted()) return;
    results.push(result);
    report(layer, result, performance.now() - begin);
  };
  await shareCores(selected, runOne);
  if (!isInterrupted()) summarize(results);
}

function track(started: StartedProcess): void {
  running.add(started);
  void started.ended.then(() => running.delete(started));
}

/** Prepares VS Code and the browser while the first layers run. Resolves with the failure of all that need them, if it fails. */
async function provision(): Promise<SuiteResult | undefined> {
  const provisioning = new StartedProcess(process.execPath, ['out/test/tools/provision/provision.entry.js'], {
    cwd: repositoryRoot,
    logFile: path.join(resultsFolder, 'logs', 'provision.log'),
    ownGroup: true,
  });
  track(provisioning);
  await provisioning.ended;
  if (provisioning.exitCode === 0) return undefined;
  const title = 'VS Code and a browser could not be prepared';
  return { passed: 0, failed: 1, failures: [{ title, message: provisioning.tail() }] };
}

function report(layer: Layer, result: SuiteResult, milliseconds: number): void {
  const seconds = (milliseconds / 1000).toFixed(1);
  const counts = `${result.passed} passed${result.failed > 0 ? `, ${result.failed} failed` : ''}`;
  console.log(`${result.failed === 0 ? '✓' : '✗'} ${layer.name.padEnd(16)} ${counts} (${seconds} s)`);
  for (const { title, message } of result.failures) {
    console.log(`\n  ✗ ${title}\n${message.replace(/^/gm, '    ')}\n`);
  }
}

function summarize(results: readonly SuiteResult[]): void {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

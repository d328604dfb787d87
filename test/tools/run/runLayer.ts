import * as fs from 'node:fs';
import * as path from 'node:path';
import { StartedProcess } from '../../helpers/childProcess';
import { repositoryRoot, resultsFolder } from '../../helpers/repository';
import { suiteResultVariable } from '../../helpers/suiteResult';
import type { SuiteResult } from '../../helpers/suiteResult';
import type { Layer } from './layer';

/**
 * Runs a layer to its end or its time limit. Never throws: a crash, a time-out and a suite without a single test are failures.
 * @param started receives the process, to stop it when the whole run is given up
 */
export async function runLayer(layer: Layer, started: (layer: StartedProcess) => void): Promise<SuiteResult> {
  const resultFile = path.join(resultsFolder, 'logs', `layer-${layer.name}.json`);
  const logFile = path.join(resultsFolder, 'logs', `layer-${layer.name}.log`);
  fs.rmSync(resultFile, { force: true });
  fs.rmSync(logFile, { force: true });
  const layerProcess = new StartedProcess(process.execPath, layer.args, {
    cwd: repositoryRoot,
    env: { ...process.env, [suiteResultVariable]: resultFile },
    logFile,
    ownGroup: true,
  });
  started(layerProcess);
  const timedOut = await endsInTime(layerProcess, layer.timeoutMs);
  return judge(layer, layerProcess, timedOut, resultFile);
}

async function endsInTime(layerProcess: StartedProcess, timeoutMs: number): Promise<boolean> {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void layerProcess.stop();
  }, timeoutMs);
  await layerProcess.ended;
  clearTimeout(timer);
  return timedOut;
}

function judge(layer: Layer, ended: StartedProcess, timedOut: boolean, resultFile: string): SuiteResult {
  if (timedOut) return failure(layer, `did not end within ${layer.timeoutMs / 1000} s`, ended);
  if (layer.kind === 'check') {
    return ended.exitCode === 0 ? { passed: 1, failed: 0, failures: [] } : failure(layer, 'failed', ended);
  }
  const result = readResult(resultFile);
  if (result === undefined) return failure(layer, `crashed (exit code ${ended.exitCode ?? 'none'})`, ended);
  if (result.passed + result.failed === 0) return failure(layer, 'ran no test', ended);
  if (result.failed === 0 && ended.exitCode !== 0) return failure(layer, 'ended with an error', ended, result.passed);
  return result;
}

function failure(layer: Layer, problem: string, ended: StartedProcess, passed = 0): SuiteResult {
  return {
    passed,
    failed: 1,
    failures: [
      {
        title: `${layer.name} ${problem}`,
        message: `${ended.tail()}\n(all of it: ${path.relative(repositoryRoot, ended.logFile)})`,
      },
    ],
  };
}

function readResult(file: string): SuiteResult | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as SuiteResult;
  } catch {
    return undefined;
  }
}

import { createWriteStream, mkdirSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { provisionVsCode } from '../tools/provision/vsCode';
import type { CodeServerVersion } from '../tools/provision/vsCode';
import { launchBrowser } from './browser';
import { repositoryRoot, resultsFolder } from './repository';
import { failureMark, suiteResultVariable } from './suiteResult';
import type { SuiteResult } from './suiteResult';
import { temporaryFolder } from './temporaryFolder';
import { runWindow, startVsCodeServer } from './vsCodeServer';

export interface InVsCodeOptions {
  /** A folder that is copied and opened; empty when left out. */
  readonly workspaceTemplate?: string;
  /** Development extensions; the checkout when left out. */
  readonly extensions?: readonly string[];
  readonly timeoutMs: number;
  /** Receives one line for each failing test, as it fails. */
  readonly onFailure: (line: string) => void;
}

/**
 * Runs a bundle that exports `run()` in the extension host of a real VS Code, with the extension loaded from the checkout.
 * @throws Error when the host ends without a result: a crash must not look like an empty success
 */
export async function runInVsCode(
  version: CodeServerVersion,
  driver: string,
  options: InVsCodeOptions,
): Promise<SuiteResult> {
  const vsCode = await provisionVsCode(version, (line) => console.log(line));
  await using workspace = await temporaryFolder('workspace', options.workspaceTemplate);
  await using results = await temporaryFolder('results');
  const resultFile = path.join(results.path, 'result.json');
  await using server = await startVsCodeServer(vsCode, { [suiteResultVariable]: resultFile });
  const windowLog = openLog(path.join(resultsFolder, 'logs', `window-${vsCode.version}.log`));
  const browser = await launchBrowser();
  try {
    const code = await runWindow(browser, server, {
      workspace: workspace.path,
      extensions: options.extensions ?? [repositoryRoot],
      driver,
      timeoutMs: options.timeoutMs,
      onLog: (text) => {
        windowLog.write(`${text}\n`);
        if (text.startsWith(failureMark)) options.onFailure(text.slice(failureMark.length));
      },
    });
    return await readResult(resultFile, code, server.logFile);
  } finally {
    await browser.close();
    windowLog.end();
  }
}

async function readResult(file: string, exitCode: number, logFile: string): Promise<SuiteResult> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as SuiteResult;
  } catch (error) {
    const log = (await fs.readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-25).join('\n');
    throw new Error(`VS Code ended with code ${exitCode} and left no test result. The end of its log:\n${log}`, {
      cause: error,
    });
  }
}

function openLog(file: string): WriteStream {
  mkdirSync(path.dirname(file), { recursive: true });
  return createWriteStream(file);
}

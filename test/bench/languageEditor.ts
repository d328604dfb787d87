import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { launchBrowser } from '../helpers/browser';
import { repositoryRoot } from '../helpers/repository';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { runWindow, startVsCodeServer } from '../helpers/vsCodeServer';
import type { Measurement } from '../tools/bench/measurement';
import { latestVersion, provisionVsCode } from '../tools/provision/vsCode';
import { languageFile, languageResultVariable, type LanguageFigures } from './languageResult';

const timeoutMs = 180_000;

/** The benchmark file in a window of the latest VS Code: what people wait for, and what keeps the extension host busy. */
export async function measureEditor(text: string): Promise<readonly Measurement[]> {
  const { first, diagnostics, lenses, completion, symbols, links, tokens, stalls } = await measureInVsCode(text);
  const others = (figures: string): Pick<Measurement, 'others'> => ({ others: `stated: ${figures}` });
  return [
    { name: 'in VS Code: file shown → first diagnostics', unit: 'ms', values: first },
    { name: 'in VS Code: edit → diagnostics', unit: 'ms', values: diagnostics, aim: 30 },
    { name: 'in VS Code: lenses after an edit', unit: 'ms', values: lenses, aim: 30, ...others('87 and 1,837') },
    { name: 'in VS Code: completion after an edit', unit: 'ms', values: completion, aim: 30, ...others('126 and 379') },
    { name: 'in VS Code: outline after an edit', unit: 'ms', values: symbols, aim: 30, ...others('64 and 1,908') },
    { name: 'in VS Code: links after an edit', unit: 'ms', values: links, aim: 30 },
    { name: 'in VS Code: colours after an edit', unit: 'ms', values: tokens, aim: 30 },
    { name: 'in VS Code: host stall while typing', unit: 'ms', values: stalls, aim: 15, ...others('24 and 1,619') },
  ];
}

async function measureInVsCode(text: string): Promise<LanguageFigures> {
  const vsCode = await provisionVsCode(latestVersion, (line) => console.log(line));
  await using workspace = await temporaryFolder('bench-workspace');
  await using results = await temporaryFolder('bench-results');
  const resultFile = path.join(results.path, 'language.json');
  // One mistake, so that there is something to wait for.
  await fs.writeFile(path.join(workspace.path, languageFile), `${text}\n  wrong: { get: [] }\n`);
  await using server = await startVsCodeServer(vsCode, { [languageResultVariable]: resultFile });
  const browser = await launchBrowser();
  try {
    const driver = path.join(repositoryRoot, 'out', 'test', 'bench', 'languageDriver.entry.js');
    const options = { workspace: workspace.path, extensions: [repositoryRoot], driver, timeoutMs };
    const code = await runWindow(browser, server, { ...options, onLog: () => undefined });
    if (code !== 0) throw new Error(`The window ended with code ${code}; the server's log is ${server.logFile}`);
    return JSON.parse(await fs.readFile(resultFile, 'utf8')) as LanguageFigures;
  } finally {
    await browser.close();
  }
}

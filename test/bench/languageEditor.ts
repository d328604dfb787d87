import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { launchBrowser } from '../helpers/browser';
import { repositoryRoot } from '../helpers/repository';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { runWindow, startVsCodeServer } from '../helpers/vsCodeServer';
import { summarize, type Measurement } from '../tools/bench/measurement';
import { latestVersion, provisionVsCode } from '../tools/provision/vsCode';
import {
  floorFile,
  languageFile,
  languageResultVariable,
  type LanguageFigures,
  type LanguageResult,
} from './languageResult';

const timeoutMs = 600_000;

/** The benchmark file in a window of the latest VS Code: what people wait for, and what keeps the extension host busy. */
export async function measureEditor(text: string): Promise<readonly Measurement[]> {
  const { ours, floor } = await measureInVsCode(text);
  const figure = (what: string, of: keyof LanguageFigures, more: Partial<Measurement> = {}): Measurement[] => [
    { name: `in VS Code: ${what}`, unit: 'ms', values: ours[of], baseline: floor[of], ...more },
    { name: `  floor: ${what}`, unit: 'ms', values: floor[of] },
    ...(of === 'first' ? [] : [ourShare(what, ours[of], floor[of])]),
  ];
  const others = (figures: string): Pick<Measurement, 'others'> => ({ others: `stated: ${figures}` });
  return [
    ...figure('file shown → first diagnostics', 'first'),
    ...figure('edit → diagnostics', 'diagnostics'),
    ...figure('lenses after an edit', 'lenses', others('87 and 1,837')),
    ...figure('completion after an edit', 'completion', others('126 and 379')),
    ...figure('outline after an edit', 'symbols', others('64 and 1,908')),
    ...figure('links after an edit', 'links'),
    ...figure('colours after an edit', 'tokens'),
    ...figure('host stall while typing', 'stalls', { aim: 15, ...others('24 and 1,619') }),
  ];
}

/** Beyond what providers take that only answer, by the median of those. */
function ourShare(what: string, ours: readonly number[], floor: readonly number[]): Measurement {
  const { median } = summarize({ name: '', unit: 'ms', values: floor });
  const values = ours.map((value) => Math.max(0, value - median));
  return { name: `  our share: ${what}`, unit: 'ms', values, aim: 30 };
}

async function measureInVsCode(text: string): Promise<LanguageResult> {
  const vsCode = await provisionVsCode(latestVersion, (line) => console.log(line));
  await using workspace = await temporaryFolder('bench-workspace');
  await using results = await temporaryFolder('bench-results');
  const resultFile = path.join(results.path, 'language.json');
  // One mistake, so that there is something to wait for.
  const written = `${text}\n  wrong: { get: [] }\n`;
  for (const name of [languageFile, floorFile]) await fs.writeFile(path.join(workspace.path, name), written);
  await using server = await startVsCodeServer(vsCode, { [languageResultVariable]: resultFile });
  const browser = await launchBrowser();
  try {
    const driver = path.join(repositoryRoot, 'out', 'test', 'bench', 'languageDriver.entry.js');
    const options = { workspace: workspace.path, extensions: [repositoryRoot], driver, timeoutMs };
    const code = await runWindow(browser, server, { ...options, onLog: () => undefined });
    if (code !== 0) throw new Error(`The window ended with code ${code}; the server's log is ${server.logFile}`);
    return JSON.parse(await fs.readFile(resultFile, 'utf8')) as LanguageResult;
  } finally {
    await browser.close();
  }
}

import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { repositoryRoot } from '../helpers/repository';
import { suiteResultVariable } from '../helpers/suiteResult';
import type { SuiteResult } from '../helpers/suiteResult';
import { temporaryFolder } from '../helpers/temporaryFolder';

/** `npm run test:desktop`: the tests of `test/vscode` in the desktop VS Code, where it can be downloaded. */
async function main(): Promise<void> {
  await using workspace = await temporaryFolder('desktop-workspace');
  await using results = await temporaryFolder('desktop-results');
  const resultFile = path.join(results.path, 'result.json');
  const asRoot = process.getuid?.() === 0;
  let problem: unknown;
  try {
    await runTests({
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: path.join(repositoryRoot, 'out', 'test', 'vscode', 'index.entry.js'),
      extensionTestsEnv: { [suiteResultVariable]: resultFile },
      launchArgs: [
        workspace.path,
        '--disable-workspace-trust',
        '--disable-extensions',
        ...(asRoot ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    problem = error;
  }
  report(await readResult(resultFile, problem));
}

/** A failing test makes VS Code end with an error too: only an end without a result is a problem of its own. */
async function readResult(file: string, problem: unknown): Promise<SuiteResult> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as SuiteResult;
  } catch {
    throw new Error('The desktop VS Code left no test result. npm test runs the same tests without it.', {
      cause: problem,
    });
  }
}

function report({ passed, failed, failures }: SuiteResult): void {
  for (const { title, message } of failures) console.log(`✗ ${title}\n${message}\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

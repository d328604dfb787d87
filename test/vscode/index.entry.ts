import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import { repositoryRoot } from '../helpers/repository';
import { failureMark, suiteResultVariable } from '../helpers/suiteResult';
import type { SuiteFailure, SuiteResult } from '../helpers/suiteResult';

const testTimeoutMs = 20_000;

/**
 * Runs in the extension host: every test of `test/vscode`. Leaves the counts in the file that the environment names.
 * Rejects when a test fails; VS Code then ends with a code other than 0.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: Mocha.reporters.Base,
    timeout: testTimeoutMs,
    forbidOnly: true,
    forbidPending: true,
  });
  for (const file of testFiles()) mocha.addFile(file);
  const result = await runMocha(mocha);
  const resultFile = process.env[suiteResultVariable];
  if (resultFile !== undefined) fs.writeFileSync(resultFile, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed.`);
}

/**
 * Listed from the sources: a bundle whose source is gone is not a test any more. The test of activation comes first, it
 * needs the extension as VS Code left it.
 */
function testFiles(): readonly string[] {
  const first = 'activation.test.ts';
  const sources = fs
    .readdirSync(path.join(repositoryRoot, 'test', 'vscode'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== first)
    .sort();
  return [first, ...sources].map((name) =>
    path.join(repositoryRoot, 'out', 'test', 'vscode', name.replace(/\.ts$/, '.js')),
  );
}

function runMocha(mocha: Mocha): Promise<SuiteResult> {
  return new Promise((resolve) => {
    const failures: SuiteFailure[] = [];
    let passed = 0;
    const runner = mocha.run(() => resolve({ passed, failed: failures.length, failures }));
    runner.on('pass', () => (passed += 1));
    runner.on('fail', (test, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
      console.log(`${failureMark}${test.fullTitle()}`);
    });
  });
}

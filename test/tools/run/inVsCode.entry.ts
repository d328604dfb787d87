import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from '../../helpers/repository';
import { runInVsCode } from '../../helpers/runInVsCode';
import { suiteResultVariable } from '../../helpers/suiteResult';
import type { CodeServerVersion } from '../provision/vsCode';

const timeoutMs = 300_000;

/** `inVsCode.entry.js <version>`: runs the tests of `test/vscode` inside that VS Code. */
async function main(): Promise<void> {
  const version = process.argv[2] as CodeServerVersion;
  const resultFile = process.env[suiteResultVariable];
  const driver = path.join(repositoryRoot, 'out', 'test', 'vscode', 'index.entry.js');
  const result = await runInVsCode(version, driver, { timeoutMs, onFailure: (title) => console.log(`✗ ${title}`) });
  for (const { title, message } of result.failures) console.log(`\n✗ ${title}\n${message}`);
  console.log(`${result.passed} passed, ${result.failed} failed`);
  if (resultFile !== undefined) fs.writeFileSync(resultFile, JSON.stringify(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

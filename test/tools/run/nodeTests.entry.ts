import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from 'node:test';
import { repositoryRoot } from '../../helpers/repository';
import { suiteResultVariable } from '../../helpers/suiteResult';
import { collectResult } from './collectResult';
import { tellProgress } from './tellProgress';
import { groupTests } from './testGroups';

/**
 * `nodeTests.entry.js <folder of sources> <concurrency> <milliseconds> <groups>`: runs every *.test.ts below the folder
 * with Node's test runner, in so many groups or, with 0, each by itself. What takes longer fails by its name, before
 * the whole layer is ended without one.
 */
async function main(): Promise<void> {
  const [, , folder = '', concurrency = '1', timeout = '', groups = '0'] = process.argv;
  const bundles = testBundles(folder);
  const files = groups === '0' ? bundles : groupTests(path.basename(folder), bundles, Number(groups));
  // Without files Node's runner would look for some of its own.
  const result = await collectResult(
    files.length === 0
      ? []
      : tellProgress(run({ files, concurrency: Number(concurrency), timeout: Number(timeout) }), console.log),
    files,
  );
  for (const { title, message } of result.failures) console.log(`✗ ${title}\n${message}\n`);
  console.log(`${result.passed} passed, ${result.failed} failed`);
  const resultFile = process.env[suiteResultVariable];
  if (resultFile !== undefined) fs.writeFileSync(resultFile, JSON.stringify(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
}

/** Listed from the sources: a bundle whose source is gone is not a test any more. */
function testBundles(folder: string): string[] {
  const sources = path.join(repositoryRoot, folder);
  if (!fs.existsSync(sources)) return [];
  return fs
    .readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => path.join(repositoryRoot, 'out', folder, name.replace(/\.ts$/, '.js')));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { repositoryRoot } from '../helpers/repository';
import type { Bench } from './bench/measurement';
import { printMeasurements } from './bench/printMeasurements';

const suffix = '.bench.ts';

/** `npm run bench [name…]`: runs the named benches of `test/bench`, or all. Reports; judges nothing. */
async function main(): Promise<void> {
  for (const name of selectBenches(process.argv.slice(2))) {
    console.log(`\n${name}`);
    const bundle = path.join(repositoryRoot, 'out', 'test', 'bench', `${name}.bench.js`);
    const bench = createRequire(__filename)(bundle) as Bench;
    printMeasurements(name, await bench.run());
  }
}

function selectBenches(names: readonly string[]): readonly string[] {
  const known = fs
    .readdirSync(path.join(repositoryRoot, 'test', 'bench'))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(', ')}. The benches are: ${known.join(', ')}.`);
  return names.length === 0 ? known : names;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

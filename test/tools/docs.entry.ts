import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from '../helpers/repository';
import { conformanceFaults, conformancePage, conformancePath, pendingIds } from './docs/conformancePage';
import { readConformance } from './docs/readConformance';

/** Writes the pages under docs/ that are made from the sources, and says what is missing or wrong in them. */
function main(): void {
  const conformance = readConformance(repositoryRoot);
  fs.writeFileSync(path.join(repositoryRoot, conformancePath), conformancePage(conformance));
  const faults = conformanceFaults(conformance);
  for (const fault of faults) console.error(fault);
  const pending = pendingIds(conformance);
  console.log(`${conformancePath}: ${pending.length} pending${pending.length === 0 ? '' : ` (${pending.join(' ')})`}`);
  if (faults.length > 0) process.exitCode = 1;
}

main();

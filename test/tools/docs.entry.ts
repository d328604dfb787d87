import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from '../helpers/repository';
import { conformanceFaults, conformancePage, conformancePath, staleRows } from './docs/conformancePage';
import { formatPage, formatPath } from './docs/formatPage';
import { providersPage, providersPath } from './docs/providersPage';
import { readConformance } from './docs/readConformance';
import { l10nFiles } from './docs/l10n/l10nFiles';
import { schemas } from './docs/schemas';
import { presets } from '../../src/core/oauth/presets/presets';
import { projectFileKeys } from '../../src/core/request/format/projectKeys';
import { requestFileKeys } from '../../src/core/request/format/requestKeys';

/**
 * Writes the pages under docs/ and the JSON Schemas under media/schemas/ and the texts under l10n/ that are made from the sources, and says what is missing or wrong in them. With
 * `--check` nothing is written, and a file that is not what it should be is a fault.
 */
function main(): void {
  const conformance = readConformance(repositoryRoot);
  const faults = [
    ...conformanceFaults(conformance),
    ...writeOrCheck(conformancePath, conformancePage(conformance)),
    ...writeOrCheck(providersPath, providersPage(presets)),
    ...writeOrCheck(formatPath, formatPage(requestFileKeys, projectFileKeys)),
    ...Object.entries({ ...schemas(), ...l10nFiles(repositoryRoot) }).flatMap(([name, schema]) =>
      writeOrCheck(name, schema),
    ),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

function writeOrCheck(name: string, page: string): readonly string[] {
  const file = path.join(repositoryRoot, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (process.argv.includes('--check')) return staleRows(fs.readFileSync(file, 'utf8'), page, name);
  fs.writeFileSync(file, page);
  return [];
}

main();

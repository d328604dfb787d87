import * as path from 'node:path';
import { existsSync } from 'node:fs';

/** The checkout's root. Tests and tools run as bundles under `out/`, whose depth below the root varies. */
export const repositoryRoot = findRoot(__dirname);

/** Git-ignored: screenshots, logs and traces of the last run. */
export const resultsFolder = path.join(repositoryRoot, 'test-results');

function findRoot(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json')) && existsSync(path.join(folder, 'esbuild.js'))) return folder;
    if (path.dirname(folder) === folder) throw new Error(`${start} is not inside a Latchkey checkout.`);
  }
}

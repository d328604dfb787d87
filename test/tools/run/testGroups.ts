import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from '../../helpers/repository';

const folder = path.join(repositoryRoot, 'out', 'groups');

/**
 * Puts test bundles together, so that a process runs many of them: to start one takes longer than most of them do.
 * Each becomes a suite by the name of its source, with hooks of its own.
 * @returns the paths of the groups, among which the bundles are dealt out
 */
export function groupTests(name: string, bundles: readonly string[], count: number): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return Array.from({ length: Math.min(count, bundles.length) }, (_, group) => {
    const file = path.join(folder, `${name}-${group + 1}.test.js`);
    const members = bundles.filter((_bundle, index) => index % count === group);
    fs.writeFileSync(file, [`const { describe } = require('node:test');`, ...members.map(suiteOf)].join('\n'));
    return file;
  });
}

function suiteOf(bundle: string): string {
  const source = path.relative(path.join(repositoryRoot, 'out'), bundle).replace(/\.js$/, '.ts');
  return `describe(${JSON.stringify(source)}, () => void require(${JSON.stringify(bundle)}));`;
}

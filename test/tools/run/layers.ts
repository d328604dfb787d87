import { latestVersion, minimumVersion } from '../provision/vsCode';
import type { CodeServerVersion } from '../provision/vsCode';
import type { Layer } from './layer';
import { testedVsix } from './testedVsix';

const minute = 60_000;

const prettierArguments = [
  ...['--check', '--log-level', 'warn', '.'],
  ...['--cache', '--cache-strategy', 'content', '--cache-location', 'out/prettier-cache'],
];

/**
 * Everything `npm test` runs, in order. All commands are scripts for the Node that runs this. The limits are for what
 * hangs: a busy machine takes three times as long as a quiet one.
 */
export const layers: readonly Layer[] = [
  // First, because it takes longest on one core; the others use all they find.
  check('prettier', 'checks', ['node_modules/prettier/bin/prettier.cjs', ...prettierArguments]),
  check('oxlint', 'checks', ['node_modules/oxlint/bin/oxlint']),
  types('types-test', 'test'),
  types('types', '.'),
  types('types-core', 'src/core'),
  types('types-webview', 'src/webview'),
  // One computes, and the other mostly waits for servers.
  nodeTests('unit', { timeoutMs: 10 * minute, concurrency: 1, groups: 4, cores: 1, provisioned: false }),
  nodeTests('protocol', { timeoutMs: 12 * minute, concurrency: 2, groups: 4, cores: 1, provisioned: false }),
  nodeTests('webview', { timeoutMs: 12 * minute, concurrency: 2, provisioned: true }),
  inVsCode(minimumVersion),
  inVsCode(latestVersion),
  // Builds the bundles anew that others use.
  { ...check('package', 'package', ['out/test/tools/package.entry.js', testedVsix]), cores: 2 },
  // Two windows at once keep a machine with two cores so busy that VS Code's own views do not come up in time.
  nodeTests('journey', { timeoutMs: 25 * minute, concurrency: 1, cores: 1, provisioned: true }),
  // Mostly waits for tokens to run out; all windows of one file are processes already.
  nodeTests('processes', { timeoutMs: 10 * minute, concurrency: 1, cores: 1, provisioned: false }),
];

function check(name: string, group: string, args: readonly string[]): Layer {
  return { name, group, args, timeoutMs: 6 * minute, kind: 'check', cores: 1, provisioned: false };
}

function types(name: string, project: string): Layer {
  return check(name, 'checks', ['node_modules/typescript/bin/tsc', '-p', project]);
}

interface NodeTestOptions {
  readonly timeoutMs: number;
  /** How many processes run at once. */
  readonly concurrency: number;
  /** Into how many processes its files are put; absent: one for each. */
  readonly groups?: number;
  readonly cores?: Layer['cores'];
  readonly provisioned: boolean;
}

function nodeTests(
  name: string,
  { timeoutMs, concurrency, groups = 0, cores = 2, provisioned }: NodeTestOptions,
): Layer {
  const fileTimeoutMs = timeoutMs - minute / 2;
  const numbers = [concurrency, fileTimeoutMs, groups].map(String);
  const args = ['out/test/tools/run/nodeTests.entry.js', `test/${name}`, ...numbers];
  return { name, group: name, args, timeoutMs, kind: 'suite', cores, provisioned };
}

function inVsCode(version: CodeServerVersion): Layer {
  return {
    name: `vscode-${version.replace(/^4/, '1')}`,
    group: 'vscode',
    args: ['out/test/tools/run/inVsCode.entry.js', version],
    timeoutMs: 10 * minute,
    kind: 'suite',
    cores: 1,
    provisioned: true,
  };
}

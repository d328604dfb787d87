import * as fs from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cachedFolder';
import { provisionNode } from './nodeBinary';
import { installDependencies, unpackPackage } from './npm';
import type { Progress } from './progress';
import { spdlogStandIn } from './spdlogStandIn';

/** The npm package `code-server` carries a complete VS Code. The versions the product is tested at: minimum and latest. */
export type CodeServerVersion = '4.105.1' | '4.139.1';
export const minimumVersion: CodeServerVersion = '4.105.1';
export const latestVersion: CodeServerVersion = '4.139.1';

export interface ProvisionedVsCode {
  /** VS Code's own version, e.g. `1.139.1`. */
  readonly version: string;
  /** The Node executable it was built for. */
  readonly node: string;
  /** VS Code's server, without authentication and secret storage: only for tests that run inside. */
  readonly serverMain: string;
  /** code-server's entry: a whole product, as a user runs it. */
  readonly entry: string;
}

interface Recipe {
  readonly node: number;
  /** Dependencies whose pinned version cannot be installed without a compiler or GitHub; the shrinkwrap is dropped with them. */
  readonly replaced: { readonly package: Record<string, string>; readonly server: Record<string, string> };
}

const recipes: Readonly<Record<CodeServerVersion, Recipe>> = {
  '4.139.1': { node: 24, replaced: { package: {}, server: {} } },
  '4.105.1': { node: 22, replaced: { package: { argon2: '^0.44.0' }, server: { '@parcel/watcher': '^2.5.1' } } },
};

/** Raised when the recipe changes, so that a folder made by an older one is not taken for complete. */
const recipeRevision = 1;

/** Makes a real VS Code available in the cache: some 15 seconds the first time, nothing afterwards. */
export async function provisionVsCode(version: CodeServerVersion, progress: Progress): Promise<ProvisionedVsCode> {
  const recipe = recipes[version];
  const node = await provisionNode(recipe.node, progress);
  const root = await cachedFolder(`code-server-${version}-r${recipeRevision}`, progress, (target) =>
    install(version, recipe, target, progress),
  );
  return {
    version: version.replace(/^4/, '1'),
    node,
    serverMain: path.join(root, 'lib', 'vscode', 'out', 'server-main.js'),
    entry: path.join(root, 'out', 'node', 'entry.js'),
  };
}

async function install(version: CodeServerVersion, recipe: Recipe, root: string, progress: Progress): Promise<void> {
  const server = path.join(root, 'lib', 'vscode');
  progress(`fetching VS Code ${version.replace(/^4/, '1')} from npm (code-server ${version})`);
  await unpackPackage(`code-server@${version}`, root);
  progress(`installing the dependencies of VS Code ${version.replace(/^4/, '1')}`);
  await replaceDependencies(root, recipe.replaced.package);
  await replaceDependencies(server, recipe.replaced.server);
  await installDependencies(root);
  await installDependencies(server);
  await writeSpdlogStandIn(server);
}

async function replaceDependencies(folder: string, replaced: Record<string, string>): Promise<void> {
  if (Object.keys(replaced).length === 0) return;
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(await fs.readFile(file, 'utf8')) as { dependencies: Record<string, string> };
  Object.assign(manifest.dependencies, replaced);
  await fs.writeFile(file, JSON.stringify(manifest, undefined, 2));
  await fs.rm(path.join(folder, 'npm-shrinkwrap.json'), { force: true });
}

async function writeSpdlogStandIn(server: string): Promise<void> {
  const folder = path.join(server, 'node_modules', '@vscode', 'spdlog');
  if (existsSync(path.join(folder, 'build', 'Release', 'spdlog.node'))) return;
  await fs.writeFile(path.join(folder, 'index.js'), spdlogStandIn);
}

import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { loggedCommand } from './loggedCommand';

/**
 * Fetches a package from the registry and unpacks it into `folder`, without running any of its scripts.
 * Goes through npm so that the user's registry, proxy and certificates apply.
 */
export async function unpackPackage(specifier: string, folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const archives = await fs.mkdtemp(path.join(folder, '.archive-'));
  await npm(['pack', specifier, '--silent', '--pack-destination', archives], archives);
  const [archive] = await fs.readdir(archives);
  if (archive === undefined) throw new Error(`npm pack ${specifier} left no archive.`);
  await loggedCommand('npm', 'tar', ['-xzf', path.join(archives, archive), '-C', folder, '--strip-components=1'], {
    cwd: folder,
    env: process.env,
  });
  await fs.rm(archives, { recursive: true, force: true });
}

/** Installs what the package in `folder` needs to run. No install scripts: no compiler is asked for, prebuilt parts suffice. */
export async function installDependencies(folder: string): Promise<void> {
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false'], folder);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env['npm_execpath'];
  const env = outsideThisPackage(process.env);
  if (script?.endsWith('.js')) await loggedCommand('npm', process.execPath, [script, ...args], { cwd, env });
  else await loggedCommand('npm', process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd, env });
}

/** Under `npm test` the environment points npm at this checkout; a nested npm must look at its own folder. */
function outsideThisPackage(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^npm_(package_|lifecycle_|config_(local_prefix|prefix|global_prefix)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

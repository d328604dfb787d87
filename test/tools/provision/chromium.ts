import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { loggedCommand } from './loggedCommand';
import type { Progress } from './progress';

const run = promisify(execFile);

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const installedApps = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
    path.join(process.env[name] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ),
} as const;

/**
 * A Chromium that starts: the one `CHROME_PATH` names, else one on this machine, else Debian's package where this may
 * install it, else Playwright's download.
 * @returns the path of the executable
 * @throws Error that says what to do by hand
 */
export async function provisionChromium(progress: Progress): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined) {
    if (await starts(named)) return named;
    throw new Error(`CHROME_PATH is ${named}, which does not start. Point it at a Chromium or unset it.`);
  }
  const found = await findInstalled();
  if (found !== undefined) return found;
  const problems: string[] = [];
  for (const install of [installDebianPackage, installPlaywrightBuild]) {
    try {
      const executable = await install(progress);
      if (executable !== undefined && (await starts(executable))) return executable;
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  throw new Error(
    [
      'No Chromium was found and none could be installed.',
      'Install Chromium or Google Chrome, or set CHROME_PATH to one, and run this again.',
      ...problems,
    ].join('\n'),
  );
}

async function findInstalled(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = [
    ...commands.flatMap((command) => folders.map((folder) => path.join(folder, command))),
    ...(process.platform === 'darwin' || process.platform === 'win32' ? installedApps[process.platform] : []),
    chromium.executablePath(),
  ];
  for (const candidate of candidates) {
    if (existsSync(candidate) && (await starts(candidate))) return candidate;
  }
  return undefined;
}

/** A file of the right name may be a stub that asks for a snap, or miss libraries. */
async function starts(executable: string): Promise<boolean> {
  // chrome.exe opens a window instead of printing its version.
  if (process.platform === 'win32') return existsSync(executable);
  try {
    const { stdout } = await run(executable, ['--version'], { timeout: 20_000 });
    return /\d+\.\d+\.\d+/.test(stdout);
  } catch {
    return false;
  }
}

async function installDebianPackage(progress: Progress): Promise<string | undefined> {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  // Ubuntu's package of that name only asks for a snap.
  if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(release)) return undefined;
  const options = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  progress('installing the Debian package chromium');
  await loggedCommand('apt', 'apt-get', ['update'], options);
  const packages = ['chromium', 'fonts-liberation'];
  await loggedCommand('apt', 'apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  return '/usr/bin/chromium';
}

async function installPlaywrightBuild(progress: Progress): Promise<string> {
  progress('downloading a Chromium with Playwright');
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  await loggedCommand('playwright', process.execPath, [cli, 'install', 'chromium'], {
    cwd: process.cwd(),
    env: process.env,
  });
  return chromium.executablePath();
}

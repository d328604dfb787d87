import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { StartedProcess } from '../../helpers/childProcess';
import { repositoryRoot } from '../../helpers/repository';
import { logFile } from './logFile';
import { preparePrivateInstance } from './privateInstance';

const run = promisify(execFile);

/** Opens the desktop VS Code on the sample folder, trusted, with the checkout as its extension. Ends when it is closed. */
export async function startDesktopEdition(
  sample: string,
  file: string,
  track: (process: StartedProcess) => void,
): Promise<StartedProcess> {
  const { command, args: own } = await findDesktop();
  const { userData, extensions } = await preparePrivateInstance('desktop');
  const args = [
    ...own,
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
    ...['--disable-workspace-trust', '--disable-telemetry', '--skip-release-notes', '--new-window', sample, file],
  ];
  const desktop = new StartedProcess(command, args, {
    cwd: repositoryRoot,
    logFile: logFile('desktop'),
    ownGroup: true,
  });
  track(desktop);
  return desktop;
}

interface Desktop {
  readonly command: string;
  readonly args: readonly string[];
}

async function findDesktop(): Promise<Desktop> {
  const code = process.platform === 'win32' ? 'code.cmd' : 'code';
  try {
    await run(code, ['--version'], { shell: process.platform === 'win32' });
    // Otherwise the command returns at once and the window would not end with this process.
    return { command: code, args: ['--verbose'] };
  } catch {
    console.log('  there is no code command on the PATH, downloading VS Code');
    return { command: await download(), args: [] };
  }
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    throw new Error('VS Code could not be downloaded. Install it, or run npm start without --desktop.', {
      cause: error,
    });
  }
}

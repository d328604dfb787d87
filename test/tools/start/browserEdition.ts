import * as path from 'node:path';
import { codeServerEnvironment } from '../../helpers/codeServer';
import { StartedProcess } from '../../helpers/childProcess';
import { repositoryRoot } from '../../helpers/repository';
import { latestVersion, provisionVsCode } from '../provision/vsCode';
import { freePort, isFree } from './freePort';
import { logFile } from './logFile';
import { preparePrivateInstance } from './privateInstance';

/** Always the same when it is free: browsers keep the sign-ins of one address. */
const usualPort = 28_200;
const startTimeoutMs = 60_000;

export interface BrowserEdition {
  readonly process: StartedProcess;
  /** Opens the sample folder. */
  readonly address: string;
  /** Opens the sample folder with `file` in an editor. */
  readonly addressWithFile: string;
}

/** Starts VS Code from npm on the sample folder, trusted, with the checkout as its extension. */
export async function startBrowserEdition(
  sample: string,
  file: string,
  wantedPort: number | undefined,
  track: (process: StartedProcess) => void,
): Promise<BrowserEdition> {
  const vsCode = await provisionVsCode(latestVersion, (line) => console.log(`  ${line}`));
  const port = await choosePort(wantedPort);
  const { userData, extensions } = await preparePrivateInstance(`browser-${port}`);
  const args = [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--config', path.join(userData, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensions],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...['--disable-workspace-trust', sample],
  ];
  const server = new StartedProcess(vsCode.node, [vsCode.entry, ...args], {
    cwd: repositoryRoot,
    env: codeServerEnvironment(),
    logFile: logFile('code-server'),
    ownGroup: true,
  });
  track(server);
  await server.waitForOutput(/HTTP server listening on/, startTimeoutMs);
  const host = `127.0.0.1:${port}`;
  return { process: server, address: `http://${host}/`, addressWithFile: addressWithFile(host, sample, file) };
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return freePort(usualPort);
  if (!(await isFree(wanted))) throw new Error(`Port ${wanted} is taken. Choose another with --port.`);
  return wanted;
}

function addressWithFile(host: string, folder: string, file: string): string {
  const asPath = (name: string): string => path.posix.join('/', name.replaceAll('\\', '/'));
  const payload = JSON.stringify([['openFile', `vscode-remote://${host}${asPath(file)}`]]);
  return `http://${host}/?${new URLSearchParams({ folder: asPath(folder), payload })}`;
}

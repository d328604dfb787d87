import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ProvisionedVsCode } from '../tools/provision/vsCode';
import { StartedProcess } from './childProcess';
import { quietSettings, writeUserSettings } from './quietSettings';
import { resultsFolder } from './repository';
import { temporaryFolder } from './temporaryFolder';

const startTimeoutMs = 60_000;

export interface VsCodeServer extends AsyncDisposable {
  readonly port: number;
  readonly logFile: string;
  /** Where VS Code keeps its logs and user data. */
  readonly dataFolder: string;
}

/** What one window is started with: development extensions, and the module whose `run()` drives the extension host. */
export interface WindowUnderTest {
  readonly workspace: string;
  readonly extensions: readonly string[];
  /** A JavaScript file that exports `run(): Promise<void>`. */
  readonly driver: string;
  readonly timeoutMs: number;
  /** Receives what the workbench and the extension host log. */
  readonly onLog: (text: string) => void;
  /** Is called before the page is loaded. */
  readonly onPage?: (page: Page) => Promise<void>;
}

/**
 * Starts VS Code's own server with fresh data. For tests that run inside VS Code only: it has no authentication and keeps
 * secrets in memory.
 */
export async function startVsCodeServer(vsCode: ProvisionedVsCode, env: NodeJS.ProcessEnv): Promise<VsCodeServer> {
  const data = await temporaryFolder('server');
  await writeUserSettings(path.join(data.path, 'data'), quietSettings);
  const logFile = path.join(resultsFolder, 'logs', `server-${vsCode.version}.log`);
  const server = new StartedProcess(vsCode.node, [vsCode.serverMain, ...serverArguments(data.path)], {
    env: { ...process.env, ...env },
    logFile,
  });
  const dispose = async (): Promise<void> => {
    await server.stop();
    await data[Symbol.asyncDispose]();
  };
  try {
    const [, port] = await server.waitForOutput(/Extension host agent listening on (\d+)/, startTimeoutMs);
    return { port: Number(port), logFile, dataFolder: data.path, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function serverArguments(data: string): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', data, '--extensions-dir', path.join(data, 'extensions')],
    ...['--enable-smoke-test-driver', '--telemetry-level', 'off', '--disable-workspace-trust'],
  ];
}

/**
 * Opens a window on the server and lets its driver run to the end.
 * @returns the exit code of the extension host: 0 when `run()` resolved
 */
export async function runWindow(
  browser: Pick<Browser, 'newContext'>,
  server: VsCodeServer,
  window: WindowUnderTest,
): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const exited = new Promise<number>((resolve, reject) => {
      const fail = (message: string): void => {
        clearTimeout(timer);
        reject(new Error(message));
      };
      const timer = setTimeout(
        () => fail(`VS Code did not finish within ${window.timeoutMs} ms; its log: ${server.logFile}`),
        window.timeoutMs,
      );
      page.once('crash', () => fail('The browser page crashed.'));
      page.once('close', () => fail('The browser page was closed.'));
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    // It may be closed because something else went wrong, which is told already.
    exited.catch(() => undefined);
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
      window.onLog(args.map(String).join(' ')),
    );
    await window.onPage?.(page);
    await page.goto(windowAddress(server.port, window));
    return await exited;
  } finally {
    await context.close();
  }
}

function windowAddress(port: number, window: WindowUnderTest): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${asUriPath(file)}`;
  const payload = [
    ...window.extensions.map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ['extensionTestsPath', remote(window.driver)],
  ];
  const query = new URLSearchParams({ folder: asUriPath(window.workspace), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

/** `C:\a` is `/C:/a` in a file URI. */
function asUriPath(file: string): string {
  const forward = file.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}

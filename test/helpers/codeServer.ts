import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { provisionVsCode } from '../tools/provision/vsCode';
import type { CodeServerVersion, ProvisionedVsCode } from '../tools/provision/vsCode';
import { StartedProcess } from './childProcess';
import { addDisplayLanguage } from './displayLanguage';
import { quietSettings, trustingSettings, writeUserSettings } from './quietSettings';
import { resultsFolder } from './repository';
import { temporaryFolder } from './temporaryFolder';

const run = promisify(execFile);
const startTimeoutMs = 60_000;
const installTimeoutMs = 120_000;

export interface CodeServerOptions {
  /** Packaged extensions, installed as a user installs them. */
  readonly vsix: readonly string[];
  /** User settings on top of the quiet ones, e.g. the color theme. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Folders are trusted without a question: for tests whose subject that is not. */
  readonly trusting?: boolean;
  /** The display language of extensions. */
  readonly locale?: string;
}

/** A VS Code for the browser as a user would run it: fresh data, secrets kept across reloads, origins checked. */
export class CodeServer implements AsyncDisposable {
  readonly vsCodeVersion: string;
  readonly origin: string;
  /** Everything the server keeps, logs included: what a search for leaked secrets has to read. */
  readonly userData: string;
  readonly #dispose: () => Promise<void>;

  private constructor(vsCodeVersion: string, origin: string, userData: string, dispose: () => Promise<void>) {
    this.vsCodeVersion = vsCodeVersion;
    this.origin = origin;
    this.userData = userData;
    this.#dispose = dispose;
  }

  static async start(version: CodeServerVersion, options: CodeServerOptions): Promise<CodeServer> {
    const vsCode = await provisionVsCode(version, (line) => console.log(line));
    const data = await temporaryFolder('code-server');
    const userData = path.join(data.path, 'user-data');
    const folders = folderArguments(data.path);
    await writeUserSettings(userData, {
      ...quietSettings,
      ...(options.trusting === true ? trustingSettings : {}),
      ...options.settings,
    });
    await installExtensions(vsCode, folders, options.vsix);
    if (options.locale !== undefined) await addDisplayLanguage(userData, options.locale);
    const locale = options.locale === undefined ? [] : ['--locale', options.locale];
    const server = new StartedProcess(vsCode.node, [vsCode.entry, ...folders, ...serverArguments, ...locale], {
      cwd: data.path,
      env: { ...codeServerEnvironment(), ...options.env },
      logFile: path.join(resultsFolder, 'logs', `code-server-${vsCode.version}.log`),
    });
    const dispose = async (): Promise<void> => {
      await server.stop();
      await data[Symbol.asyncDispose]();
    };
    try {
      const [, origin = ''] = await server.waitForOutput(/HTTP server listening on (http:\/\/[^/\s]+)/, startTimeoutMs);
      return new CodeServer(vsCode.version, origin, userData, dispose);
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  /** VS Code's log folder: one folder for each window, with the extension hosts' output channels in it. */
  get logs(): string {
    return path.join(this.userData, 'logs');
  }

  address(folder: string): string {
    return `${this.origin}/?folder=${encodeURIComponent(folder.replaceAll('\\', '/'))}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispose();
  }
}

const serverArguments = [
  ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
  ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened'],
];

function folderArguments(data: string): readonly string[] {
  return [
    // Otherwise it reads, and writes, the configuration in the home folder.
    ...['--config', path.join(data, 'config.yaml')],
    ...['--user-data-dir', path.join(data, 'user-data'), '--extensions-dir', path.join(data, 'extensions')],
  ];
}

/** Without what a surrounding VS Code or code-server would hand down: PORT and PASSWORD have a meaning there. */
export function codeServerEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|PORT$|PASSWORD$|HASHED_PASSWORD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function installExtensions(
  vsCode: ProvisionedVsCode,
  folders: readonly string[],
  vsix: readonly string[],
): Promise<void> {
  if (vsix.length === 0) return;
  const install = vsix.flatMap((file) => ['--install-extension', file]);
  await run(vsCode.node, [vsCode.entry, ...folders, ...install], {
    env: codeServerEnvironment(),
    timeout: installTimeoutMs,
  });
}

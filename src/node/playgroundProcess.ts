import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Emitter, type Event } from '../core/emitter';
import { abortError, LatchkeyError } from '../core/errors';
import type { Log } from '../core/ports';

/** Where the playground listens. */
export interface PlaygroundAddress {
  readonly issuer: string;
  readonly api: string;
}

export interface PlaygroundOptions {
  /** Path of the playground's bundle. */
  readonly bundle: string;
  /** Host name of the issuer as the user's browser will see it. */
  readonly issuerHost: '127.0.0.1' | 'playground.localhost';
  /** Folder to write missing sample files to. */
  readonly sampleFolder: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The playground as a child process: loopback servers that end with the editor. */
export class PlaygroundProcess {
  readonly address: PlaygroundAddress;
  readonly #child: ChildProcess;
  readonly #exited = new Emitter<undefined>();

  private constructor(child: ChildProcess, address: PlaygroundAddress) {
    this.#child = child;
    this.address = address;
    child.once('exit', () => this.#exited.fire(undefined));
  }

  /** Fires once, when the process is gone for whatever reason. */
  get onDidExit(): Event<undefined> {
    return this.#exited.event;
  }

  /** Starts it; rejects with `playground.startFailed`, or an `AbortError` when the signal fires first. */
  static async start(options: PlaygroundOptions): Promise<PlaygroundProcess> {
    if (options.signal.aborted) throw abortError();
    const child = spawn(process.execPath, launchArguments(options), {
      // In the desktop editor execPath is Electron, which this makes behave as Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const abort = (): void => void child.kill();
    options.signal.addEventListener('abort', abort, { once: true });
    try {
      return new PlaygroundProcess(child, await ready(child, options));
    } catch (error) {
      child.kill();
      throw error;
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  stop(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }
}

function launchArguments(options: PlaygroundOptions): string[] {
  return [
    options.bundle,
    '--issuer-host',
    options.issuerHost,
    '--write-sample',
    options.sampleFolder,
    '--parent-pid',
    String(process.pid),
  ];
}

function ready(child: ChildProcess, { log, signal }: PlaygroundOptions): Promise<PlaygroundAddress> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
      log.warn(`[playground] ${chunk.toString().trimEnd()}`);
    });
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const address = parseReadyLine(line);
        if (address) resolve(address);
        else log.info(`[playground] ${line}`);
      });
    }
    const failed = (reason: string): void =>
      reject(signal.aborted ? abortError() : new LatchkeyError('playground.startFailed', { reason }));
    child.once('error', (error) => failed(error.message));
    child.once('exit', (code) => failed(complaint.trim().split('\n').at(-1) ?? `exit code ${code ?? 0}`));
  });
}

function parseReadyLine(line: string): PlaygroundAddress | undefined {
  try {
    const value = JSON.parse(line) as Partial<PlaygroundAddress> & { ready?: boolean };
    if (value.ready === true && value.issuer !== undefined && value.api !== undefined) {
      return { issuer: value.issuer, api: value.api };
    }
  } catch {
    // any other line is chatter for the log
  }
  return undefined;
}

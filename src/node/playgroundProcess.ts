import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Emitter, type Event } from '../core/emitter';
import { abortError, LatchkeyError } from '../core/errors';
import type { Log } from '../core/ports';

/** Where the playground listens. */
export interface PlaygroundAddress {
  readonly issuer: string;
  readonly api: string;
  readonly pid: number;
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

/** Seconds that the playground waits for the window to come back from a reload. */
const grace = 60;

const aliveCheckInterval = 2000;

/** The playground as a process of its own: loopback servers that end soon after the last window that wants them. */
export class PlaygroundProcess {
  readonly address: PlaygroundAddress;
  readonly #exited = new Emitter<undefined>();

  private constructor(address: PlaygroundAddress) {
    this.address = address;
    const check = setInterval(() => {
      if (isAlive(address.pid)) return;
      clearInterval(check);
      this.#exited.fire(undefined);
    }, aliveCheckInterval);
    check.unref();
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
      return new PlaygroundProcess(await ready(child, options));
    } catch (error) {
      child.kill();
      throw error;
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  /** Takes over a playground that this window started before it reloaded; `undefined` when it is gone. */
  static async adopt(api: string): Promise<PlaygroundProcess | undefined> {
    try {
      const response = await fetch(new URL('/playground/adopt', api), {
        method: 'POST',
        headers: { 'x-latchkey-adopter': String(process.pid) },
        redirect: 'error',
        signal: AbortSignal.timeout(2000),
      });
      const address = response.ok ? addressOf(await response.json()) : undefined;
      return address && new PlaygroundProcess(address);
    } catch {
      return undefined;
    }
  }

  stop(): void {
    try {
      process.kill(this.address.pid);
    } catch {
      // gone already
    }
  }
}

function launchArguments(options: PlaygroundOptions): string[] {
  return [
    options.bundle,
    ...['--issuer-host', options.issuerHost],
    ...['--write-sample', options.sampleFolder],
    ...['--parent-pid', String(process.pid)],
    ...['--grace', String(grace)],
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
    return addressOf(JSON.parse(line));
  } catch {
    return undefined; // any other line is chatter for the log
  }
}

function addressOf(value: unknown): PlaygroundAddress | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { issuer, api, pid } = value as Partial<Record<keyof PlaygroundAddress, unknown>>;
  // The pid is killed later on: 0 and below would mean whole groups of processes.
  const isProcess = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
  return typeof issuer === 'string' && typeof api === 'string' && isProcess ? { issuer, api, pid } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const lingerMs = 2_000;
const tailLines = 25;

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Receives everything the process writes. */
  readonly logFile: string;
  /**
   * Gives the process a group of its own, so that stopping it reaches whatever it started. Such a process does not hear
   * the terminal's Ctrl+C: its owner stops it.
   */
  readonly ownGroup?: boolean;
}

/** A process that a test or tool started, its output in a file, stopped by asking first. */
export class StartedProcess {
  readonly logFile: string;
  readonly #child: ChildProcess;
  readonly #ownGroup: boolean;
  readonly #ended: Promise<void>;
  #output = '';
  #done = false;
  readonly #listeners = new Set<() => void>();

  constructor(command: string, args: readonly string[], options: StartOptions) {
    this.logFile = options.logFile;
    fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = fs.createWriteStream(options.logFile, { flags: 'a' });
    const { cwd = process.cwd(), env = process.env } = options;
    this.#ownGroup = options.ownGroup === true && process.platform !== 'win32';
    this.#child = spawn(command, args, { cwd, env, detached: this.#ownGroup, stdio: ['ignore', 'pipe', 'pipe'] });
    const write = (text: string): void => {
      log.write(text);
      this.#output += text;
      this.#changed();
    };
    this.#child.stdout?.setEncoding('utf8').on('data', write);
    this.#child.stderr?.setEncoding('utf8').on('data', write);
    this.#ended = ending(this.#child, write).finally(() => log.end());
    void this.#ended.then(() => {
      this.#done = true;
      this.#changed();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Settles when the process is gone. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /**
   * The first match of `pattern` in what the process wrote, as soon as it is there.
   * @throws Error with the end of the output when the process ends or `timeoutMs` passes first
   */
  waitForOutput(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(`wrote no ${pattern} within ${timeoutMs} ms`), timeoutMs);
      const finish = (problem?: string, match?: RegExpExecArray): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
        if (match) resolve(match);
        else reject(new Error(`The process ${problem ?? 'ended'}. The end of ${this.logFile}:\n${this.tail()}`));
      };
      const check = (): void => {
        const match = pattern.exec(this.#output);
        if (match) finish(undefined, match);
        else if (this.#done) finish(`ended before it wrote ${pattern}`);
      };
      this.#listeners.add(check);
      check();
    });
  }

  tail(): string {
    return this.#output.trimEnd().split('\n').slice(-tailLines).join('\n');
  }

  /** Asks the process to end, and kills it when it does not. */
  async stop(patienceMs = 5_000): Promise<void> {
    this.#signal('SIGTERM');
    const patience = new AbortController();
    const kill = delay(patienceMs, undefined, { signal: patience.signal }).then(
      () => this.#signal('SIGKILL'),
      () => undefined,
    );
    await this.#ended;
    patience.abort();
    await kill;
    if (this.#ownGroup) this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (!this.#ownGroup || pid === undefined) {
      this.#child.kill(signal);
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // Nothing is left in the group: that is what was wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Settles when the process is gone and its output is read; a grandchild that holds on to the output is not waited for. */
function ending(child: ChildProcess, write: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    child.once('error', (error) => {
      write(`${error.message}\n`);
      if (child.pid === undefined) resolve();
    });
    child.once('exit', () => {
      timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, lingerMs);
    });
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

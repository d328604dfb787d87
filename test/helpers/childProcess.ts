import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const killAfterMs = 5_000;
const tailLines = 25;

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Receives everything the process writes. */
  readonly logFile: string;
}

/** A process that a test or tool started, its output in a file, stopped by asking first. */
export class StartedProcess {
  readonly logFile: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #output = '';
  readonly #listeners = new Set<() => void>();

  constructor(command: string, args: readonly string[], options: StartOptions) {
    this.logFile = options.logFile;
    fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = fs.createWriteStream(options.logFile, { flags: 'a' });
    const { cwd, env = process.env } = options;
    this.#child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        this.#output += text;
        this.#changed();
      });
    }
    this.#ended = new Promise((resolve) => {
      const finish = (): void => {
        log.end();
        resolve();
        this.#changed();
      };
      this.#child.once('error', (error) => {
        this.#output += `${error.message}\n`;
        finish();
      });
      this.#child.once('close', finish);
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
        else if (!this.running) finish(`ended before it wrote ${pattern}`);
      };
      this.#listeners.add(check);
      check();
    });
  }

  tail(): string {
    return this.#output.trimEnd().split('\n').slice(-tailLines).join('\n');
  }

  /** Asks the process to end; kills it when it does not. Its own children are its business: all that we start end theirs. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.#child.kill('SIGTERM');
    const patience = new AbortController();
    const kill = delay(killAfterMs, undefined, { signal: patience.signal }).then(
      () => this.#child.kill('SIGKILL'),
      () => false,
    );
    await this.#ended;
    patience.abort();
    await kill;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

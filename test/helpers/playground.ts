import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from './repository';

/** The playground's bundle, as the extension ships it. */
export const playgroundBundle = path.join(repositoryRoot, 'dist', 'playground.mjs');

/** The line that the playground prints when it is up. */
export interface ReadyLine {
  readonly ready: true;
  readonly issuer: string;
  readonly api: string;
  readonly otherOrigin: string;
  readonly users: readonly string[];
  readonly clientId: string;
  readonly pid: number;
  readonly sample?: { readonly folder: string; readonly written: readonly string[] };
}

export interface StartedPlayground extends ReadyLine, AsyncDisposable {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  readonly output: { readonly lines: readonly string[]; readonly errors: () => string };
  /** The exit code, once the process has ended. */
  readonly exited: Promise<number | null>;
}

/**
 * Starts the playground's bundle as a child process. Its issuer is on 127.0.0.1 unless `args` say otherwise, because
 * Node does not resolve `*.localhost`.
 * @throws Error with the process' last words when it does not come up
 */
export async function startPlayground(args: readonly string[] = [], stdio?: StdioOptions): Promise<StartedPlayground> {
  const host = args.includes('--issuer-host') ? [] : ['--issuer-host', '127.0.0.1'];
  const child = spawn(process.execPath, [playgroundBundle, ...host, ...args], { stdio: stdio ?? 'pipe' });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines: string[] = [];
  if (child.stdout === null) throw new Error('The playground needs a pipe as its output.');
  const reader = createInterface({ input: child.stdout });
  const first = once(reader, 'line');
  reader.on('line', (line) => lines.push(line));
  await Promise.race([first, exited]);
  const ready = JSON.parse(lines[0] ?? '{}') as Partial<ReadyLine>;
  if (ready.ready !== true) throw new Error(`The playground did not start: ${lines.join('\n')}\n${errors}`);
  return {
    ...(ready as ReadyLine),
    child,
    output: { lines, errors: () => errors },
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

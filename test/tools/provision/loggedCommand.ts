import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheFolder } from './cacheFolder';

const tailLines = 25;

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs a command with its output in `<cache>/logs/<logName>.log`.
 * @returns what it wrote to stdout
 * @throws Error with the end of the log when it fails or cannot be started
 */
export async function loggedCommand(
  logName: string,
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const logFile = path.join(cacheFolder(), 'logs', `${logName}.log`);
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'a');
  const shown = [command, ...args].join(' ');
  fs.writeSync(log, `\n$ ${shown}\n`);
  try {
    return await collect(command, args, options, log);
  } catch (error) {
    const tail = fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
    throw new Error(`"${shown}" failed. The end of ${logFile}:\n${tail}`, { cause: error });
  } finally {
    fs.closeSync(log);
  }
}

function collect(command: string, args: readonly string[], options: CommandOptions, log: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', log] });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      fs.writeSync(log, chunk);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`ended with ${signal ?? `code ${code ?? '?'}`}`));
    });
  });
}

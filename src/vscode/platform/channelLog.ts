import type * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { Log } from '../../core/ports';

/**
 * The log on VS Code's output channel. Errors are written as code and facts: the text of a foreign error, of a
 * library or a server, may quote what was sent.
 */
export function channelLog(channel: vscode.LogOutputChannel): Log {
  return {
    trace: (message) => channel.trace(message),
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) => channel.error(error === undefined ? message : `${message} ${describe(error)}`),
  };
}

function describe(error: unknown): string {
  if (error instanceof LatchkeyError) {
    const cause = error.cause === undefined ? '' : ` <- ${describe(error.cause)}`;
    return `[${error.code}] ${error.message}${cause}`;
  }
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
    return `${error.name}${code}${frames(error)}`;
  }
  return typeof error;
}

/** Where it came from, without the message line: a stack holds places, a message may hold a token. */
function frames(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.length === 0 ? '' : `\n${lines.slice(0, 8).join('\n')}`;
}

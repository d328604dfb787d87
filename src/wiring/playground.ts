import * as vscode from 'vscode';
import type { PlaygroundProcess } from '../node/playgroundProcess';
import type { RunningPlayground } from '../vscode/commands/playgroundCommands';
import type { Scope } from './activation';

/** Starts the playground as a process of its own. */
export async function startPlayground(
  { context, environment, log }: Scope,
  sampleFolder: string,
  signal: AbortSignal,
): Promise<RunningPlayground> {
  const { PlaygroundProcess } = await import('../node/playgroundProcess');
  const process = await PlaygroundProcess.start({
    bundle: vscode.Uri.joinPath(context.extensionUri, 'dist', 'playground.mjs').fsPath,
    // Browser windows break addresses on 127.0.0.1 when they open them.
    issuerHost: environment.ui === 'web' ? 'playground.localhost' : '127.0.0.1',
    ...{ sampleFolder, log, signal },
  });
  return runningPlayground(process);
}

/** Finds the one that a window which was reloaded has left behind. */
export async function adoptPlayground(api: string): Promise<RunningPlayground | undefined> {
  const { PlaygroundProcess } = await import('../node/playgroundProcess');
  const process = await PlaygroundProcess.adopt(api);
  return process && runningPlayground(process);
}

function runningPlayground(process: PlaygroundProcess): RunningPlayground {
  return { api: process.address.api, onDidExit: process.onDidExit, stop: () => process.stop() };
}

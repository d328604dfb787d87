import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import { commands, type CommandId } from '../ids';
import { showFailure } from '../platform/showFailure';

/** Commands take whatever they are called with, from the palette, a lens or another extension. */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/**
 * Registers every contributed command; the type makes forgetting one a compile error. A failure is shown with its
 * next step, and the command resolves to `undefined`; cancelling is silent.
 */
export function registerCommands(handlers: Readonly<Record<CommandId, CommandHandler>>, log: Log): vscode.Disposable {
  const registrations = Object.values(commands).map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await handlers[id](...args);
      } catch (error) {
        showFailure(id, error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

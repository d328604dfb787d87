import * as vscode from 'vscode';
import { isAbort } from '../../core/errors';
import type { Log } from '../../core/ports';
import { commands, type CommandId } from '../ids';
import { errorText, safeNotification } from '../platform/errorText';

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
        if (!isAbort(error) && !(error instanceof vscode.CancellationError)) showFailure(id, error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

function showFailure(id: CommandId, error: unknown, log: Log): void {
  log.error(`${id} failed`, error);
  const { message, next } = errorText(error);
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(safeNotification(`${sentence(message)} ${next}`), showLog).then((choice) => {
    if (choice === showLog) void vscode.commands.executeCommand(commands.showLog);
  });
}

/** What a server says of a failure may come without its full stop. */
function sentence(text: string): string {
  return /[.!?:…]$/.test(text) ? text : `${text}.`;
}

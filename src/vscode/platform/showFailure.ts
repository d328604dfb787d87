import * as vscode from 'vscode';
import { isErrorCode } from '../../core/errors';
import type { Log } from '../../core/ports';
import { commands } from '../ids';
import { errorText, safeNotification } from './errorText';
import { isCancelled } from './isCancelled';

/**
 * The one place that shows failures: what happened and the next step, with nothing in it that a file or a server could
 * make a link of. Cancelling is no failure and shows nothing.
 * @param what for the log, such as the name of a command.
 */
export function showFailure(what: string, error: unknown, log: Log): void {
  if (isCancelled(error)) return;
  log.error(`${what} failed`, error);
  const { message, next } = errorText(error);
  const button = isErrorCode(error, 'workspace.noProjectFile')
    ? { title: vscode.l10n.t('Start Playground'), command: commands.startPlayground }
    : { title: vscode.l10n.t('Show Log'), command: commands.showLog };
  const text = safeNotification(`${sentence(message)} ${next}`);
  void vscode.window.showErrorMessage(text, button.title).then((choice) => {
    if (choice === button.title) void vscode.commands.executeCommand(button.command);
  });
}

/** What a server says of a failure may come without its full stop. */
function sentence(text: string): string {
  return /[.!?:…]$/.test(text) ? text : `${text}.`;
}

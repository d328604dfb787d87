import * as vscode from 'vscode';
import { isErrorCode } from '../../core/errors';
import type { Log } from '../../core/ports';
import { commands, type CommandId } from '../ids';
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
  const buttons = buttonsFor(error);
  const text = safeNotification(`${sentence(message)} ${next}`);
  const titles = buttons.map(({ title }) => title);
  void vscode.window.showErrorMessage(text, ...titles).then((choice) => {
    const chosen = buttons.find(({ title }) => title === choice);
    if (chosen) void vscode.commands.executeCommand(chosen.command);
  });
}

interface Button {
  readonly title: string;
  readonly command: CommandId;
}

/** What helps most, first. */
function buttonsFor(error: unknown): readonly Button[] {
  const t = vscode.l10n.t;
  const playground = { title: t('Start Playground'), command: commands.startPlayground };
  const connection = { title: t('Add Connection'), command: commands.addConnection };
  if (isErrorCode(error, 'workspace.noProjectFile')) return [playground, connection];
  if (isErrorCode(error, 'workspace.noConnections') || isErrorCode(error, 'api.signInUnknown')) return [connection];
  return [{ title: t('Show Log'), command: commands.showLog }];
}

/** What a server says of a failure may come without its full stop. */
export function sentence(text: string): string {
  return /[.!?:\u2026]$/.test(text) ? text : `${text}.`;
}

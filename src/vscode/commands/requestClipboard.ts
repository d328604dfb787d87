import * as vscode from 'vscode';
import type { ShellVariable } from '../../core/curl/shellVariables';
import { LatchkeyError } from '../../core/errors';
import { Secret } from '../../core/secret';
import type { CommandId } from '../ids';
import { clipboardTime, type ClearingClipboard } from '../platform/clearingClipboard';
import type { Confirm } from '../platform/confirm';

export interface RequestClipboardDeps {
  readonly confirm: Confirm;
  readonly clipboard: Pick<vscode.Clipboard, 'writeText'>;
  readonly secretClipboard: Pick<ClearingClipboard, 'write'>;
}

/** A request in another language. */
export interface WrittenRequest {
  readonly text: string;
  /** What it reads instead of what is secret. */
  readonly variables: readonly ShellVariable[];
}

/** A way to write a request, with what is said about it; all texts are translated. */
export interface RequestCopy {
  /** The request's name. */
  readonly request: string;
  /** What it is copied as. */
  readonly language: string;
  /** @throws LatchkeyError why the request cannot be written. */
  write(reveal: boolean): Promise<WrittenRequest>;
  /** Says that it was copied without secrets, and what stands for them. */
  withoutSecrets(variables: readonly ShellVariable[]): string;
  /** What to consider before its secrets are on the clipboard, for so many seconds. */
  risk(seconds: number): string;
  /** The command that copies it again, with its secrets. */
  readonly again: readonly [command: CommandId, ...args: readonly unknown[]];
}

/** Copies requests without their secrets, and with them once the user has agreed, for a while. */
export class RequestClipboard {
  readonly #deps: RequestClipboardDeps;

  constructor(deps: RequestClipboardDeps) {
    this.#deps = deps;
  }

  /** @throws LatchkeyError why the request cannot be written. */
  copy(copy: RequestCopy, withSecrets: boolean): Promise<void> {
    return withSecrets ? this.#copyWithSecrets(copy) : this.#copyPlain(copy);
  }

  async #copyPlain(copy: RequestCopy): Promise<void> {
    const { text, variables } = await copy.write(false);
    await this.#deps.clipboard.writeText(text);
    const done = vscode.l10n.t('$(check) {0} copied as {1}', copy.request, copy.language);
    void vscode.window.setStatusBarMessage(done, 5000);
    if (variables.length > 0) void this.#offerSecrets(copy, variables);
  }

  async #offerSecrets(copy: RequestCopy, variables: readonly ShellVariable[]): Promise<void> {
    const withSecrets = vscode.l10n.t('Copy with Secrets…');
    const message = copy.withoutSecrets(variables);
    if ((await vscode.window.showInformationMessage(message, withSecrets)) !== withSecrets) return;
    const [command, ...args] = copy.again;
    await vscode.commands.executeCommand(command, ...args);
  }

  async #copyWithSecrets(copy: RequestCopy): Promise<void> {
    const { confirm, secretClipboard } = this.#deps;
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const seconds = clipboardTime / 1000;
    const agreed = await confirm({
      message: vscode.l10n.t('Copy “{0}” with its secrets and access token?', copy.request),
      detail: copy.risk(seconds),
      button: vscode.l10n.t('Copy with Secrets'),
    });
    if (!agreed) return;
    const { text } = await copy.write(true);
    await secretClipboard.write(new Secret(text));
    const done = vscode.l10n.t('$(check) Copied with secrets; the clipboard is cleared in {0} seconds', seconds);
    void vscode.window.setStatusBarMessage(done, 5000);
  }
}

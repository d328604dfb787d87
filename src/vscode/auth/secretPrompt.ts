import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { SecretPrompt, SecretRequest } from '../../core/oauth/signInPorts';
import { plainServerText } from '../../core/oauth/serverText';
import { Secret } from '../../core/secret';

/** VS Code's password box. An untrusted workspace, whose files nobody vouches for, asks for nothing. */
export const secretPrompt: SecretPrompt = {
  async ask(request, signal) {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const cancellation = new vscode.CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal.addEventListener('abort', cancel);
    try {
      const entered = await vscode.window.showInputBox(question(request), cancellation.token);
      return entered === undefined || entered === '' ? undefined : new Secret(entered);
    } finally {
      signal.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  },
};

function question({ folder, name, connectionLabel, wasRejected }: SecretRequest): vscode.InputBoxOptions {
  const place = decodeURIComponent(vscode.Uri.parse(folder).path.split('/').at(-1) ?? '');
  const args = { name, connection: plainServerText(connectionLabel) };
  return {
    title: vscode.l10n.t('Secret “{0}” for the folder {1}', name, place),
    prompt: wasRejected
      ? vscode.l10n.t('The server refused the stored client secret of {connection}. Enter it again.', args)
      : vscode.l10n.t('The client secret of {connection}. It is kept in SecretStorage, for this folder only.', args),
    password: true,
    // Secrets are copied from elsewhere, so the box must outlive a look at another window.
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? vscode.l10n.t('Enter the secret.') : undefined),
  };
}

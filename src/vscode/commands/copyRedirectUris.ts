import * as vscode from 'vscode';
import type { ConnectionConfig } from '../../core/oauth/model';
import { redirectUrisToRegister } from '../../core/oauth/redirectUris';
import type { Environment } from '../../core/oauth/signInPorts';
import { plainEditorUri } from '../auth/editorUriRedirect';
import { safeNotification } from '../platform/errorText';

/** Puts what to register at the server, for this editor and connection, on the clipboard: one URI a line. */
export async function copyRedirectUris(
  environment: Environment,
  connection: Pick<ConnectionConfig, 'redirect'>,
): Promise<void> {
  const uris = redirectUrisToRegister(connection, environment, plainEditorUri());
  await vscode.env.clipboard.writeText(uris.join('\n'));
  const advice =
    environment.ui === 'web'
      ? vscode.l10n.t(
          'This browser window has another address for each sign-in: without dynamic registration, paste the address that the browser ends on.',
        )
      : vscode.l10n.t('Register them for a native (public) client.');
  const message = vscode.l10n.t('Copied {0}. {1}', uris.join(', '), advice);
  void vscode.window.showInformationMessage(safeNotification(message));
}

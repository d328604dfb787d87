import * as vscode from 'vscode';
import type { Environment } from '../../core/oauth/signInPorts';
import { plainEditorUri } from '../auth/editorUriRedirect';

/** Loopback redirect as it is registered: servers that follow RFC 8252 §7.3 take any port. */
const loopbackUri = 'http://127.0.0.1/callback';

/** What to register at the server for this editor. In browser windows the address differs each time. */
export function redirectUris(environment: Environment): readonly string[] {
  return environment.ui === 'web' ? [loopbackUri] : [loopbackUri, plainEditorUri()];
}

/** Puts the redirect URIs to register on the clipboard, one a line. */
export async function copyRedirectUris(environment: Environment): Promise<void> {
  const uris = redirectUris(environment);
  await vscode.env.clipboard.writeText(uris.join('\n'));
  const detail =
    environment.ui === 'web'
      ? vscode.l10n.t(
          'This browser window has another address for each sign-in; servers with dynamic registration need nothing registered.',
        )
      : vscode.l10n.t('Register them for a native (public) client.');
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied: {0}. {1}', uris.join(', '), detail));
}

import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { redirectUrisToRegister, type Redirecting, type RegistrableUri } from '../../core/oauth/redirectUris';
import type { Environment } from '../../core/oauth/signInPorts';
import { plainEditorUri } from '../auth/editorUriRedirect';

/**
 * Offers what to register at the server for this editor and connection, with what each address is for, and puts the
 * chosen one, or all of them, on the clipboard: one a line.
 */
export async function copyRedirectUris(environment: Environment, connection: Redirecting): Promise<void> {
  const found = redirectUrisToRegister(connection, environment, plainEditorUri());
  if (found.length === 0) {
    const message = vscode.l10n.t('This connection signs in without a redirect, so there is nothing to register.');
    void vscode.window.showInformationMessage(message);
    return;
  }
  const chosen = await pick(found, environment);
  if (!chosen) return;
  await vscode.env.clipboard.writeText(chosen.join('\n'));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied {0}', chosen.join(', ')), 5000);
}

async function pick(
  found: readonly RegistrableUri[],
  environment: Environment,
): Promise<readonly string[] | undefined> {
  const all = found.map(({ uri }) => uri);
  const items = found.map(({ kind, uri }) => ({
    // A dollar sign before a bracket would be drawn as an icon.
    label: uri.replaceAll('$(', '\\$('),
    detail: explanation({ kind, uri }, environment),
    uris: [uri],
  }));
  const everything = { label: vscode.l10n.t('$(copy) Copy all ({0})', all.length), detail: '', uris: all };
  const choice = await vscode.window.showQuickPick(items.length > 1 ? [...items, everything] : items, {
    ignoreFocusOut: true,
    title: vscode.l10n.t('What to register at the server, for a native (public) client'),
    placeHolder: vscode.l10n.t('Select an address to copy it'),
  });
  return choice?.uris;
}

/** What the address is for, in a line. */
function explanation({ kind, uri }: RegistrableUri, { ui }: Environment): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case 'loopback':
      return new URL(uri).port === ''
        ? t('Whatever port of this machine is free: the server ignores the port (RFC 8252)')
        : t('This port on this machine');
    case 'editorUri':
      return t('A link that opens {0}', vscode.env.appName);
    case 'relay':
      return t('The page that forwards to {0}', vscode.env.appName);
    case 'paste':
      return ui === 'web'
        ? t('For pasting the address it ends on: this window’s own is new each time')
        : t('For pasting the address it ends on, or the code that it shows');
    case 'editorUriWeb':
      return t('The address of this window');
    default:
      return assertNever(kind);
  }
}

import * as vscode from 'vscode';
import { isAbort } from '../../core/errors';
import type { SecretVault, StoredSecret } from '../../core/session/secretVault';
import { folderPath } from '../platform/folderPath';

/** The secrets of the vault, without their values. */
export type ManagedSecrets = Pick<SecretVault, 'list' | 'replace' | 'forget'>;

/** Shows which secrets are stored, by folder and name, and replaces or forgets the one that the user chooses. */
export async function manageSecrets(secrets: ManagedSecrets): Promise<void> {
  const chosen = await vscode.window.showQuickPick((await secrets.list()).map(item), {
    ignoreFocusOut: true,
    title: vscode.l10n.t('Stored secrets: choose one to replace or forget'),
    placeHolder: vscode.l10n.t('Their values are in SecretStorage and are not shown'),
    matchOnDescription: true,
  });
  if (chosen) await change(chosen.secret, secrets);
}

async function change(secret: StoredSecret, secrets: ManagedSecrets): Promise<void> {
  const replace = { label: vscode.l10n.t('Replace'), description: vscode.l10n.t('enter a new value now') };
  const forget = {
    label: vscode.l10n.t('Forget'),
    description: vscode.l10n.t('the next sign-in that needs it asks for it'),
  };
  const { folder, name } = secret;
  // Without its folder a secret cannot be asked for.
  const actions = folder === undefined ? [forget] : [replace, forget];
  const title = vscode.l10n.t('Secret “{0}”', name);
  const action = await vscode.window.showQuickPick(actions, { ignoreFocusOut: true, title });
  if (action === forget) await secrets.forget(secret);
  if (action !== replace || folder === undefined) return;
  const question = { folder, name, connectionLabel: name, kind: 'replacement' } as const;
  await secrets.replace(question, new AbortController().signal).catch((error: unknown) => {
    if (!isAbort(error)) throw error;
  });
}

function item(secret: StoredSecret): vscode.QuickPickItem & { readonly secret: StoredSecret } {
  const { folder, name } = secret;
  const description = folder === undefined ? vscode.l10n.t('a folder of an earlier version') : folderPath(folder);
  return { label: name, description, secret };
}

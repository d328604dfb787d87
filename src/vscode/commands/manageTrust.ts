import * as vscode from 'vscode';
import type { GrantOfTrust, TrustStore } from '../../core/oauth/signInPorts';
import { folderPath } from '../platform/folderPath';
import { manageSecrets, type ManagedSecrets } from './manageSecrets';

/** Lists what the user has allowed and which secrets are stored, and takes back or forgets what they choose. */
export async function manageTrust(trust: TrustStore, secrets: ManagedSecrets): Promise<void> {
  const stored = await secrets.list();
  if (stored.length === 0) return manageGrants(trust);
  const grants = { label: vscode.l10n.t('Trusted connections'), description: String(trust.list().length) };
  const names = { label: vscode.l10n.t('Stored secrets'), description: String(stored.length) };
  const title = vscode.l10n.t('What do you want to look at?');
  const chosen = await vscode.window.showQuickPick([grants, names], { title });
  if (chosen === grants) await manageGrants(trust);
  if (chosen === names) await manageSecrets(secrets);
}

/** Sessions stay; their use asks again. */
async function manageGrants(trust: TrustStore): Promise<void> {
  const grants = trust.list();
  if (grants.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No folder has been allowed to use a connection yet.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(grants.map(item), {
    title: vscode.l10n.t('Trusted connections: choose those to take back'),
    placeHolder: vscode.l10n.t('A connection that is taken back asks again before it is used'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  for (const { grant } of chosen ?? []) await trust.remove(grant.folder, grant.connectionName);
}

function item(grant: GrantOfTrust): vscode.QuickPickItem & { readonly grant: GrantOfTrust } {
  return {
    label: grant.connectionName,
    description: folderPath(grant.folder),
    detail: vscode.l10n.t('{0} → {1}', grant.hosts[0]?.host ?? '', grant.facts.origins.join(', ')),
    grant,
  };
}

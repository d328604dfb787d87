import * as vscode from 'vscode';
import type { GrantOfTrust, TrustStore } from '../../core/oauth/signInPorts';

/** Lists what the user has allowed and takes back what they choose. Sessions stay; their use asks again. */
export async function manageTrust(trust: TrustStore): Promise<void> {
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
  const folder = vscode.Uri.parse(grant.folder);
  return {
    label: grant.connectionName,
    description: folder.scheme === 'file' ? folder.fsPath : folder.toString(true),
    detail: vscode.l10n.t('{0} → {1}', grant.hosts[0]?.host ?? '', grant.facts.origins.join(', ')),
    grant,
  };
}

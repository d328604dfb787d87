import * as vscode from 'vscode';
import type { GrantOfTrust, TrustStore } from '../../core/oauth/signInPorts';
import { releaseName, type ReleaseStore } from '../../core/run/release';
import { folderPath } from '../platform/folderPath';
import { manageSecrets, type ManagedSecrets } from './manageSecrets';

/** Lists what the user has allowed and which secrets are stored, and takes back or forgets what they choose. */
export async function manageTrust(trust: TrustStore, secrets: ManagedSecrets, releases: ReleaseStore): Promise<void> {
  const stored = await secrets.list();
  const allowed = releases.list();
  if (stored.length + allowed.length === 0) return manageGrants(trust);
  const t = vscode.l10n.t;
  const grants = { label: t('Trusted connections'), description: String(trust.list().length) };
  const names = { label: t('Stored secrets'), description: String(stored.length) };
  const values = { label: t('Secrets and variables that may be sent'), description: String(allowed.length) };
  const items = [grants, ...(stored.length > 0 ? [names] : []), ...(allowed.length > 0 ? [values] : [])];
  const chosen = await vscode.window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: t('What do you want to look at?'),
  });
  if (chosen === grants) await manageGrants(trust);
  if (chosen === names) await manageSecrets(secrets);
  if (chosen === values) await manageReleases(releases);
}

/** The next send that needs one of them asks again. */
async function manageReleases(releases: ReleaseStore): Promise<void> {
  const items = releases.list().map((release) => ({
    label: releaseName(release),
    description: vscode.l10n.t('to {0}', release.origin),
    detail: folderPath(release.folder),
    release,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: vscode.l10n.t('What requests may send where: choose what to take back'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  for (const { release } of chosen ?? []) await releases.remove(release);
}

/** Sessions stay; their use asks again. */
async function manageGrants(trust: TrustStore): Promise<void> {
  const grants = trust.list();
  if (grants.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No folder has been allowed to use a connection yet.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(grants.map(item), {
    ignoreFocusOut: true,
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

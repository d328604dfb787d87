import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Session } from '../../core/oauth/model';
import { timeToEnd } from '../../shared/signInEnd';
import { accountName } from '../auth/accountName';
import { commands } from '../ids';
import { folderLabel } from '../inspector/folderLabel';
import type { AccountNode, ConnectionNode, ConnectionsNode } from './connectionsNode';
import { expiryOf, type Expiry } from './expiry';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** A line of the Connections view. */
export function connectionsItem(node: ConnectionsNode, now: number): vscode.TreeItem {
  switch (node.kind) {
    case 'connection':
      return connectionItem(node);
    case 'account':
      return accountItem(node, now);
    case 'faulty': {
      const icon = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
      const description = vscode.l10n.t('has a mistake in {0}', node.file);
      const id = `faulty ${node.file} ${node.name}`;
      return line({ id, label: node.name, description, icon, context: 'faulty', tooltip: node.problem });
    }
    case 'playground':
      return line({
        id: 'playground',
        label: vscode.l10n.t('Playground server'),
        description: vscode.l10n.t('running'),
        icon: new vscode.ThemeIcon('beaker'),
        context: 'playground',
        tooltip: vscode.l10n.t('An authorization server and an API on this machine, to try Latchkey out'),
      });
    case 'add': {
      const icon = new vscode.ThemeIcon('add');
      const item = line({ id: 'add', label: vscode.l10n.t('Add Connection…'), icon, context: 'add' });
      return Object.assign(item, { command: { command: commands.addConnection, title: '' } });
    }
    case 'elsewhere': {
      const label = vscode.l10n.t('Other accounts');
      const tooltip = vscode.l10n.t('Signed in with connections that are not of this workspace');
      const icon = new vscode.ThemeIcon('organization');
      return line({ id: 'elsewhere', label, icon, context: 'elsewhere', tooltip, state: Collapsed });
    }
    case 'secrets': {
      const label = vscode.l10n.t('Stored secrets');
      const description = String(node.secrets.length);
      const tooltip = vscode.l10n.t('Their values are in SecretStorage and are not shown');
      const icon = new vscode.ThemeIcon('lock');
      return line({ id: 'secrets', label, description, icon, context: 'secrets', tooltip, state: Collapsed });
    }
    case 'secret': {
      const { key, name, folder } = node.secret;
      const description = folder === undefined ? vscode.l10n.t('a folder of an earlier version') : folderLabel(folder);
      const icon = new vscode.ThemeIcon('symbol-key');
      return line({ id: `secret ${key}`, label: name, description, icon, context: 'secret' });
    }
    default:
      return assertNever(node);
  }
}

interface Line {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: vscode.ThemeIcon;
  readonly context: string;
  readonly tooltip?: string;
  readonly state?: vscode.TreeItemCollapsibleState;
}

function line({ id, label, description, icon, context, tooltip, state }: Line): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state ?? None);
  item.id = id;
  item.iconPath = icon;
  item.contextValue = context;
  if (description !== undefined && description !== '') item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  item.accessibilityInformation = { label: [label, description ?? ''].filter((text) => text !== '').join(', ') };
  return item;
}

function connectionItem({ found, file, accounts }: ConnectionNode): vscode.TreeItem {
  const { connection, folder } = found;
  const facts = [accounts.length === 0 ? vscode.l10n.t('not signed in') : '', placeOf(file, folder)];
  const context = accounts.length === 0 ? 'connection.signedOut' : 'connection.signedIn';
  return line({
    // Another id with the first account: VS Code would leave what had nothing below it closed.
    id: `connection ${folder} ${file ?? ''} ${connection.name} ${accounts.length === 0 ? '' : 'signed in'}`,
    label: connection.label,
    description: facts.filter((fact) => fact !== '').join(' · '),
    icon: new vscode.ThemeIcon(file === undefined ? 'plug' : 'key'),
    context: connection.vscode === undefined ? context : `${context}.editor`,
    tooltip: [
      connection.label === connection.name ? connection.name : `${connection.label} (${connection.name})`,
      vscode.l10n.t('Token is sent only to: {0}', connection.origins.join(', ')),
      file ?? vscode.l10n.t('The API said itself where to sign in'),
    ].join('\n'),
    state: accounts.length === 0 ? None : Expanded,
  });
}

/** Said where it is not plain: a project file that is not the only one's, or none at all. */
function placeOf(file: string | undefined, folder: string): string {
  if (file === undefined) return vscode.l10n.t('found at the API');
  if (file !== 'latchkey.yaml') return file;
  return (vscode.workspace.workspaceFolders ?? []).length > 1 ? folderLabel(folder) : '';
}

function accountItem({ session, found, isUsed }: AccountNode, now: number): vscode.TreeItem {
  const { account, state, grantedScopes } = session;
  const again = state === 'signInAgain';
  const used = isUsed ? [vscode.l10n.t('used in this workspace')] : [];
  const standing = standingOf(session, now);
  const scopes = grantedScopes.length === 0 ? [] : [vscode.l10n.t('Scopes: {0}', grantedScopes.join(' '))];
  return line({
    id: `account ${found ? `${found.folder} ${found.connection.name}` : ''} ${session.id}`,
    label: found ? accountName(account.label, session.connectionLabel) : account.label,
    description: [...used, standing].join(' · '),
    icon: again
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('account', new vscode.ThemeColor('testing.iconPassed')),
    context: `account.${kindOf(session, found)}`,
    tooltip: [account.label, standing, session.issuer, ...scopes].join('\n'),
  });
}

/** What the menu can do about it. Accounts of VS Code's own providers are not ours to end. */
function kindOf({ state, issuer }: Session, found: AccountNode['found']): string {
  if (issuer.startsWith('vscode:')) return 'editor';
  return state === 'signInAgain' && found ? 'signInAgain' : 'active';
}

/** What the user has to do about it, now or soon. */
function standingOf(session: Session, now: number): string {
  const t = vscode.l10n.t;
  const { state, refreshable, expiresAt, refreshExpiresAt } = session;
  if (state === 'signInAgain') return t('sign in again');
  const ends = refreshable ? timeToEnd(refreshExpiresAt, now) : undefined;
  if (ends !== undefined) return t('sign-in ends {0}', whenOf(expiryOf(now + ends, now)));
  if (expiresAt === undefined) return t('signed in');
  const expiry = expiryOf(expiresAt, now);
  if (refreshable)
    return expiry.unit === 'past' ? t('renewed when needed') : t('expires {0}, renews itself', whenOf(expiry));
  return expiry.unit === 'past' ? t('expired, cannot be renewed') : t('expires {0}, cannot be renewed', whenOf(expiry));
}

/** Milliseconds until {@link standingOf} says something else; `undefined`: never by itself. */
export function untilTextChanges(session: Session, now: number): number | undefined {
  const { state, refreshable, expiresAt, refreshExpiresAt } = session;
  if (state === 'signInAgain') return undefined;
  const waits = [expiresAt, refreshable ? refreshExpiresAt : undefined]
    .filter((time) => time !== undefined)
    .map((time) => expiryOf(time, now).changesIn)
    .filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

function whenOf({ unit, count }: Expiry): string {
  const t = vscode.l10n.t;
  switch (unit) {
    case 'days':
      return t('in {0} days', count);
    case 'hours':
      return t('in {0} h', count);
    case 'minutes':
      return t('in {0} min', count);
    case 'soon':
      return t('in less than a minute');
    case 'past':
      return t('now');
    default:
      return assertNever(unit);
  }
}

import * as vscode from 'vscode';
import type { RequestOutline } from '../../core/request/index/fileOutline';
import type { RunState } from '../../shared/viewModel';
import { internalCommands } from '../ids';
import type { LastSend } from '../requests/sendCodeLenses';
import type { RequestNode } from './requestsNode';

/** How a request stands in this window. */
export interface RequestStanding {
  readonly outline: RequestOutline | undefined;
  readonly state: RunState['kind'];
  readonly last: LastSend | undefined;
}

/** A request in the Requests view: its method and name, how its latest send ended, and its tags. */
export function requestItem({ uri, name }: RequestNode, standing: RequestStanding): vscode.TreeItem {
  const method = standing.outline?.method;
  const label = method === undefined ? name : `${method} ${name}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const result = resultOf(standing);
  item.id = `${uri.toString()}#${name}`;
  item.contextValue = 'request';
  item.iconPath = iconOf(standing);
  item.command = {
    command: internalCommands.openRequest,
    title: vscode.l10n.t('Go to Request'),
    arguments: [uri, name],
  };
  const tags = (standing.outline?.tags ?? []).map((tag) => `#${tag}`);
  const beside = [...(standing.last ? [standing.last.text] : []), ...tags];
  if (beside.length > 0) item.description = beside.join(' ');
  item.accessibilityInformation = { label: [label, ...(result === undefined ? [] : [result]), ...tags].join(', ') };
  return item;
}

/** What a screen reader says after the name, since it sees no icon. */
function resultOf({ outline, state, last }: RequestStanding): string | undefined {
  if (state === 'sending') return vscode.l10n.t('is being sent');
  if (outline?.faulty === true) return vscode.l10n.t('has an error');
  if (!last) return undefined;
  return last.ok ? vscode.l10n.t('passed: {0}', last.text) : vscode.l10n.t('failed: {0}', last.text);
}

function iconOf({ outline, state, last }: RequestStanding): vscode.ThemeIcon {
  if (state === 'sending') return new vscode.ThemeIcon('loading~spin');
  if (outline?.faulty === true) return coloured('warning', 'list.warningForeground');
  if (last) return last.ok ? coloured('pass', 'testing.iconPassed') : coloured('error', 'testing.iconFailed');
  const [icon, color] = methodIcons[outline?.method ?? ''] ?? ['symbol-method', 'symbolIcon.methodForeground'];
  return coloured(icon, color);
}

/** By what a method does to the server: reads, adds, changes or takes away. */
const methodIcons: Readonly<Record<string, readonly [icon: string, color: string]>> = {
  GET: ['arrow-down', 'charts.blue'],
  HEAD: ['arrow-down', 'charts.blue'],
  QUERY: ['search', 'charts.blue'],
  OPTIONS: ['question', 'charts.blue'],
  POST: ['add', 'charts.green'],
  PUT: ['arrow-up', 'charts.yellow'],
  PATCH: ['edit', 'charts.yellow'],
  DELETE: ['trash', 'charts.red'],
};

function coloured(icon: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

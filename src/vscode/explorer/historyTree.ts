import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { DisposableStore } from '../../core/disposable';
import type { HistoryEntry } from '../../core/history/historyEntry';
import type { History } from '../history/history';
import { internalCommands } from '../ids';
import { shownDuration } from '../platform/shownValues';
import { Throttled } from '../platform/throttled';
import { historyDays, type HistoryDay } from './historyDays';
import type { Place } from './requestsNode';
import type { Sight } from './requestsTree';

/** What the History view shows. An entry is a place, too: where its request is. */
export type HistoryNode =
  | { readonly kind: 'day'; readonly day: HistoryDay }
  | ({ readonly kind: 'sent'; readonly entry: HistoryEntry } & Place);

export interface HistoryTreeDeps {
  readonly history: Pick<History, 'list' | 'onDidChange'>;
  readonly sight: Sight;
}

/** The entry that a menu of the view is about; `undefined` for every other argument. */
export function historyEntryIn(argument: unknown): HistoryEntry | undefined {
  const node = argument as HistoryNode | undefined;
  return typeof node === 'object' && nodes.has(node) && node.kind === 'sent' ? node.entry : undefined;
}

const nodes = new WeakSet<HistoryNode>();
/** Milliseconds at least between two drawings. */
const pause = 300;

/** The History view: what was sent from this workspace, by day, the latest first. */
export class HistoryTree implements vscode.TreeDataProvider<HistoryNode>, vscode.Disposable {
  readonly #deps: HistoryTreeDeps;
  readonly #disposables = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<HistoryNode | HistoryNode[] | undefined>();
  #stale = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: HistoryTreeDeps) {
    this.#deps = deps;
    const draw = new Throttled<void>(pause, () => {
      this.#stale = !deps.sight.visible;
      if (!this.#stale) this.#changed.fire(undefined);
    });
    this.#disposables.add(this.#changed);
    this.#disposables.add({ dispose: () => draw.stop() });
    this.#disposables.add(deps.history.onDidChange(() => draw.next()));
    this.#disposables.add(
      deps.sight.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) draw.next();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async getChildren(parent?: HistoryNode): Promise<HistoryNode[]> {
    switch (parent?.kind) {
      case undefined:
        return historyDays(await this.#deps.history.list(), Date.now()).map((day) => made({ kind: 'day', day }));
      case 'day':
        return parent.day.entries.map((entry) =>
          made({ kind: 'sent', entry, uri: vscode.Uri.parse(entry.file), name: entry.request }),
        );
      case 'sent':
        return [];
    }
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    return node.kind === 'day' ? dayItem(node.day) : entryItem(node.entry);
  }
}

function made(node: HistoryNode): HistoryNode {
  nodes.add(node);
  return node;
}

function dayItem({ date, ago, entries }: HistoryDay): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(dayName(date, ago), ago === 0 ? Expanded : Collapsed);
  item.id = date;
  item.contextValue = 'day';
  item.description = String(entries.length);
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, sends: {1}', dayName(date, ago), entries.length) };
  return item;
}

function dayName(date: string, ago: number): string {
  if (ago === 0) return vscode.l10n.t('Today');
  if (ago === 1) return vscode.l10n.t('Yesterday');
  const options = { dateStyle: 'full', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(vscode.env.language, options).format(Date.parse(`${date}T00:00:00Z`));
}

function entryItem(entry: HistoryEntry): vscode.TreeItem {
  const { id, at, method, url, request, environment, file } = entry;
  const label = `${method} ${request}`;
  const time = new Intl.DateTimeFormat(vscode.env.language, { timeStyle: 'short' }).format(at);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.contextValue = 'sent';
  item.description = `${resultOf(entry)} · ${time}`;
  item.iconPath = iconOf(entry);
  item.tooltip = [
    `${method} ${url}`,
    vscode.workspace.asRelativePath(vscode.Uri.parse(file)),
    ...(environment === undefined ? [] : [vscode.l10n.t('Environment: {0}', environment)]),
    new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at),
  ].join('\n');
  item.command = {
    command: internalCommands.openHistoryEntry,
    title: vscode.l10n.t('Open in Runner'),
    arguments: [id],
  };
  item.accessibilityInformation = { label: `${label}, ${resultOf(entry)}, ${time}` };
  return item;
}

function resultOf({ outcome, duration }: HistoryEntry): string {
  switch (outcome.kind) {
    case 'response':
      return duration === undefined ? String(outcome.status) : `${outcome.status} · ${shownDuration(duration)}`;
    case 'failure':
      return vscode.l10n.t('failed');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    default:
      return assertNever(outcome);
  }
}

function iconOf({ outcome }: HistoryEntry): vscode.ThemeIcon {
  if (outcome.kind === 'cancelled') return new vscode.ThemeIcon('circle-slash');
  const ok = outcome.kind === 'response' && outcome.ok;
  const color = new vscode.ThemeColor(ok ? 'testing.iconPassed' : 'testing.iconFailed');
  return new vscode.ThemeIcon(ok ? 'pass' : 'error', color);
}

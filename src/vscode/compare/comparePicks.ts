import * as vscode from 'vscode';
import type { HistoryEntry } from '../../core/history/historyEntry';

/** What a response is compared with. */
export type Compared =
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'environment'; readonly name: string | undefined }
  | { readonly kind: 'file'; readonly uri: vscode.Uri };

export interface CompareChoices {
  /** Older sends of the same request, the newest first. */
  readonly previous: readonly HistoryEntry[];
  /** Sends of other requests, the newest first. */
  readonly others: readonly HistoryEntry[];
  /** Other than that of the response. */
  readonly environments: readonly string[];
}

interface Pick extends vscode.QuickPickItem {
  readonly choose?: () => Promise<Compared | undefined>;
}

/** Sends of the same request that are listed at once; the history has them all. */
const MOST_PREVIOUS = 10;

/** Asks what a response is compared with. `undefined`: nothing. */
export async function pickCompared(name: string, choices: CompareChoices): Promise<Compared | undefined> {
  const t = vscode.l10n.t;
  const separator = (label: string): Pick => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const { previous, others, environments } = choices;
  const items: Pick[] = [
    ...(previous.length > 0 ? [separator(t('Earlier'))] : []),
    ...previous.slice(0, MOST_PREVIOUS).map(entryItem),
    ...(environments.length > 0 ? [separator(t('Send it in another environment'))] : []),
    ...environments.map((environment) => ({
      label: `$(server-environment) ${environment}`,
      description: t('sends {0} there', name),
      choose: () => Promise.resolve({ kind: 'environment', name: environment } as const),
    })),
    separator(t('Something else')),
    ...(others.length > 0 ? [{ label: `$(history) ${t('Another Response…')}`, choose: () => pickEntry(others) }] : []),
    { label: `$(file) ${t('File…')}`, choose: pickFile },
  ];
  const title = t('Compare the response of {0} with', name);
  const choice = await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title, matchOnDescription: true });
  return choice?.choose?.();
}

async function pickEntry(entries: readonly HistoryEntry[]): Promise<Compared | undefined> {
  const items = entries.map((entry) => ({
    ...entryItem(entry),
    detail: `${entry.request} · ${vscode.workspace.asRelativePath(vscode.Uri.parse(entry.file))}`,
  }));
  const title = vscode.l10n.t('Compare with the response of');
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.choose();
}

async function pickFile(): Promise<Compared | undefined> {
  const options = { canSelectMany: false, openLabel: vscode.l10n.t('Compare') };
  const [uri] = (await vscode.window.showOpenDialog(options)) ?? [];
  return uri && { kind: 'file', uri };
}

function entryItem({
  id,
  at,
  outcome,
  environment,
  url,
}: HistoryEntry): Pick & { readonly choose: NonNullable<Pick['choose']> } {
  const status = outcome.kind === 'response' ? `${outcome.status} ${outcome.statusText}`.trim() : '';
  return {
    label: `$(history) ${new Date(at).toLocaleString(vscode.env.language)}`,
    description: [status, ...(environment === undefined ? [] : [environment]), url].join(' · '),
    choose: () => Promise.resolve({ kind: 'entry', id }),
  };
}

import * as vscode from 'vscode';
import { maskedText } from '../../core/import/maskedText';
import { plainText } from '../../core/import/plainText';
import type { ImportedCollection, ImportedRequest } from '../../core/import/importModel';
import { plainLabel } from '../platform/plainLabel';

/** With more requests than this, folders are chosen instead. */
const MOST_ITEMS = 1_000;

interface Item extends vscode.QuickPickItem {
  readonly takes: (part: unknown) => boolean;
}

/** Asks what of a collection is to be imported; everything is ticked. `undefined` when the user wants nothing of it. */
export async function chooseParts(
  collection: ImportedCollection,
  formats: readonly string[],
): Promise<ImportedCollection | undefined> {
  const t = vscode.l10n.t;
  const { requests, environments } = collection;
  const items = [...requestItems(requests), ...environmentItems(collection)];
  // Variables alone come in together.
  if (items.length === 0) return collection;
  const chosen = await vscode.window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: t('Import from {0}: {1}', formats.join(', '), collection.name),
    placeHolder: t('Untick what you do not want'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!chosen || chosen.length === 0) return undefined;
  const isChosen = (part: unknown): boolean => chosen.some((item) => item.takes(part));
  return {
    ...collection,
    requests: requests.filter(isChosen),
    environments: environments.filter(isChosen),
  };
}

function requestItems(requests: readonly ImportedRequest[]): readonly Item[] {
  const folders = new Map<string, ImportedRequest[]>();
  for (const request of requests) {
    const folder = request.folder.map(plainText).join(' / ');
    const members = folders.get(folder);
    if (members) members.push(request);
    else folders.set(folder, [request]);
  }
  if (requests.length > MOST_ITEMS) return [...folders].map(([folder, members]) => folderItem(folder, members));
  return [...folders].flatMap(([folder, members]) => [
    ...(folder === '' ? [] : [separator(folder)]),
    ...members.map(requestItem),
  ]);
}

function requestItem(request: ImportedRequest): Item {
  // Queries and user names may hold what nobody else should see.
  const url = maskedText(plainText(request.url).split('?')[0] ?? '').replace(/\/\/[^/@]*@/, '//');
  return {
    label: plainLabel(plainText(request.name)),
    description: `${request.method} ${url.length > 120 ? `${url.slice(0, 119)}…` : url}`,
    picked: true,
    takes: (part) => part === request,
  };
}

function folderItem(folder: string, members: readonly ImportedRequest[]): Item {
  const all = new Set<unknown>(members);
  return {
    label: plainLabel(folder === '' ? vscode.l10n.t('In no folder') : folder),
    description: vscode.l10n.t('{0} requests', members.length),
    picked: true,
    takes: (part) => all.has(part),
  };
}

function environmentItems({ environments }: ImportedCollection): readonly Item[] {
  if (environments.length === 0) return [];
  const items = environments.map((environment): Item => ({
    label: plainLabel(environment.name),
    description: vscode.l10n.t('{0} variables', environment.variables.length),
    picked: true,
    takes: (part) => part === environment,
  }));
  return [separator(vscode.l10n.t('Environments')), ...items];
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator, takes: () => false };
}

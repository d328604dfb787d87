import * as vscode from 'vscode';
import { isAbort } from '../../core/errors';
import type { DescriptionSummary, OperationSummary } from '../../core/openapi/openDescription';
import { documentLabel } from '../apis/descriptionDocuments';
import type { OpenApis } from '../apis/openApis';
import { internalCommands } from '../ids';
import { errorText } from '../platform/errorText';
import { plainLabel } from '../platform/plainLabel';
import type { ApisNode, DescriptionNode, OperationNode, TagNode } from './apisNode';

/** The APIs view: the descriptions that were opened here, read when they are first unfolded. */
export class ApisTree implements vscode.TreeDataProvider<ApisNode>, vscode.Disposable {
  readonly #apis: Pick<OpenApis, 'uris' | 'get' | 'onDidChange'>;
  readonly #changed = new vscode.EventEmitter<ApisNode | undefined>();
  readonly #subscription: vscode.Disposable;
  /** Nodes stay the same, so that one of them can be drawn anew. */
  readonly #roots = new Map<string, DescriptionNode>();
  readonly #read = new Map<string, DescriptionSummary | Error>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(apis: Pick<OpenApis, 'uris' | 'get' | 'onDidChange'>) {
    this.#apis = apis;
    this.#subscription = apis.onDidChange((uri) => {
      if (uri === undefined) this.#read.clear();
      else this.#read.delete(uri);
      this.#changed.fire(uri === undefined ? undefined : this.#roots.get(uri));
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async getChildren(parent?: ApisNode): Promise<ApisNode[]> {
    switch (parent?.kind) {
      case undefined:
        return this.#apis.uris.map((api) => this.#root(api));
      case 'description': {
        const summary = await this.#summary(parent);
        return summary instanceof Error ? [] : groupsOf(parent.api, summary);
      }
      case 'tag': {
        const summary = await this.#summary(this.#root(parent.api));
        return summary instanceof Error ? [] : operationsUnder(parent, summary);
      }
      case 'operation':
        return [];
    }
  }

  getParent(node: ApisNode): ApisNode | undefined {
    return node.kind === 'description' ? undefined : this.#root(node.api);
  }

  getTreeItem(node: ApisNode): vscode.TreeItem {
    switch (node.kind) {
      case 'description':
        return descriptionItem(node, this.#read.get(node.api));
      case 'tag':
        return tagItem(node);
      case 'operation':
        return operationItem(node);
    }
  }

  /** The node of a description, to be shown. */
  root(api: string): ApisNode {
    return this.#root(api);
  }

  #root(api: string): DescriptionNode {
    const node = this.#roots.get(api) ?? { kind: 'description', api };
    this.#roots.set(api, node);
    return node;
  }

  async #summary(node: DescriptionNode): Promise<DescriptionSummary | Error> {
    const known = this.#read.get(node.api);
    if (known) return known;
    const read = await this.#apis.get(node.api).then(
      ({ summary }): DescriptionSummary | Error => summary,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    if (!(read instanceof Error && isAbort(read))) this.#read.set(node.api, read);
    // Its title is known now, or why there is none.
    this.#changed.fire(node);
    return read;
  }
}

/** Its tags; where it has none, its operations themselves. */
function groupsOf(api: string, { tags, operations }: DescriptionSummary): ApisNode[] {
  const count = (name: string | undefined): number => operations.filter((each) => isUnder(each, name)).length;
  const named = tags.map((tag): TagNode => ({ kind: 'tag', api, tag, count: count(tag.name) }));
  const others: TagNode = { kind: 'tag', api, tag: undefined, count: count(undefined) };
  const groups = named.filter((group) => group.count > 0);
  if (groups.length > 0) return others.count > 0 ? [...groups, others] : groups;
  return operations.map((operation) => ({ kind: 'operation', api, operation, under: undefined }));
}

/** Whether an operation has a tag; `undefined`: none at all. */
function isUnder({ tags }: OperationSummary, name: string | undefined): boolean {
  return name === undefined ? tags.length === 0 : tags.includes(name);
}

function operationsUnder({ api, tag }: TagNode, { operations }: DescriptionSummary): OperationNode[] {
  return operations
    .filter((each) => isUnder(each, tag?.name))
    .map((operation) => ({ kind: 'operation', api, operation, under: tag?.name }));
}

function descriptionItem({ api }: DescriptionNode, read: DescriptionSummary | Error | undefined): vscode.TreeItem {
  const label = documentLabel(api);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = api;
  item.contextValue = 'description';
  item.iconPath = new vscode.ThemeIcon('book');
  item.tooltip = label;
  if (read instanceof Error) {
    const { message, next } = errorText(read);
    item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('errorForeground'));
    item.description = message;
    item.tooltip = `${label}\n${message}\n${next}`;
    item.contextValue = 'brokenDescription';
    item.accessibilityInformation = { label: `${label}, ${message}` };
  } else if (read) {
    item.label = read.title;
    item.description = [read.version, label].filter(Boolean).join(' · ');
    item.accessibilityInformation = {
      label: vscode.l10n.t('{0}, operations: {1}', read.title, read.operations.length),
    };
  }
  return item;
}

function tagItem({ api, tag, count }: TagNode): vscode.TreeItem {
  const label = tag?.name ?? vscode.l10n.t('Others');
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${api} ${tag ? `tag ${tag.name}` : 'others'}`;
  item.contextValue = 'tag';
  item.iconPath = new vscode.ThemeIcon('tag');
  item.description = String(count);
  item.tooltip = tag?.description ?? label;
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, operations: {1}', label, count) };
  return item;
}

function operationItem({ api, operation, under }: OperationNode): vscode.TreeItem {
  const { id, method, path, summary, isDeprecated } = operation;
  const item = new vscode.TreeItem(`${method} ${path}`, vscode.TreeItemCollapsibleState.None);
  item.id = `${api} ${under ?? ''} ${id}`;
  item.contextValue = 'operation';
  const notes = [...(isDeprecated ? [vscode.l10n.t('deprecated')] : []), ...(summary === undefined ? [] : [summary])];
  item.description = notes.join(' · ');
  item.tooltip = [`${method} ${path}`, ...notes].join('\n');
  item.iconPath = new vscode.ThemeIcon(isDeprecated ? 'circle-slash' : 'symbol-method');
  item.command = {
    command: internalCommands.openOperation,
    title: vscode.l10n.t('Open in Runner'),
    arguments: [api, id],
  };
  item.accessibilityInformation = { label: [`${method} ${plainLabel(path)}`, ...notes].join(', ') };
  return item;
}

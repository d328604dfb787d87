import type * as vscode from 'vscode';

/** What a tree shows, a line an item, as deep as it goes: `label · description`. */
export async function treeLines<T>(tree: vscode.TreeDataProvider<T>): Promise<readonly string[]> {
  const lines = async (node: T | undefined, indent: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const child of (await tree.getChildren(node)) ?? []) {
      const item = await tree.getTreeItem(child);
      found.push(indent + textOf(item), ...(await lines(child, `${indent}  `)));
    }
    return found;
  };
  return lines(undefined, '');
}

/** The item whose line begins so; `within`: in the item whose line begins so. */
export async function treeItem<T>(
  tree: vscode.TreeDataProvider<T>,
  label: string,
  within?: string,
): Promise<{ readonly node: T; readonly item: vscode.TreeItem }> {
  const parent = within === undefined ? undefined : (await treeItem(tree, within)).node;
  const found = await find(tree, parent, label);
  if (!found) throw new Error(`${label} is not in the tree: ${(await treeLines(tree)).join(' | ')}`);
  return found;
}

async function find<T>(
  tree: vscode.TreeDataProvider<T>,
  parent: T | undefined,
  label: string,
): Promise<{ readonly node: T; readonly item: vscode.TreeItem } | undefined> {
  for (const node of (await tree.getChildren(parent)) ?? []) {
    const item = await tree.getTreeItem(node);
    if (textOf(item).startsWith(label)) return { node, item };
    const below = await find(tree, node, label);
    if (below) return below;
  }
  return undefined;
}

function textOf({ label, description }: vscode.TreeItem): string {
  const text = typeof label === 'object' ? label.label : (label ?? '');
  return typeof description === 'string' ? `${text} · ${description}` : text;
}

import * as vscode from 'vscode';

/** What VS Code asks for a view. */
export type Tree<T> = vscode.TreeDataProvider<T> & { readonly onDidChangeTreeData: vscode.Event<Change<T>> };

type Change<T> = T | T[] | undefined;

/** Stands for a tree that is made when its view is first seen, so that activation need not load it. */
export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #make: () => Promise<Tree<T>>;
  readonly #changed = new vscode.EventEmitter<Change<T>>();
  #made: Promise<Tree<T>> | undefined;
  #tree: Tree<T> | undefined;
  #subscription: vscode.Disposable | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(make: () => Promise<Tree<T>>) {
    this.#make = make;
  }

  async getChildren(node?: T): Promise<T[]> {
    return (await (await this.#whenMade()).getChildren(node)) ?? [];
  }

  /** A node that is to be revealed can come before its view was ever seen. */
  getTreeItem(node: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree?.getTreeItem(node) ?? this.#whenMade().then((tree) => tree.getTreeItem(node));
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    node: T,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#tree?.resolveTreeItem?.(item, node, token) ?? item;
  }

  getParent(node: T): vscode.ProviderResult<T> {
    return this.#tree ? this.#tree.getParent?.(node) : this.#whenMade().then((tree) => tree.getParent?.(node));
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  #whenMade(): Promise<Tree<T>> {
    return (this.#made ??= this.#load());
  }

  async #load(): Promise<Tree<T>> {
    const tree = await this.#make();
    this.#tree = tree;
    this.#subscription = tree.onDidChangeTreeData((change) => this.#changed.fire(change ?? undefined));
    return tree;
  }
}

/** Something that is released once. Shaped like `vscode.Disposable`, without VS Code. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables. What is added after the store was disposed is disposed at once, so late answers do not leak. */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.add(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    const items = [...this.#items].reverse();
    this.#items.clear();
    for (const item of items) item.dispose();
  }
}

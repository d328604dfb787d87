import type * as vscode from 'vscode';

/** Keeps one worker for each open document, which itself keeps what has not changed between two calls. */
export class PerDocument<T> {
  readonly #make: () => T;
  readonly #made = new WeakMap<vscode.TextDocument, T>();

  constructor(make: () => T) {
    this.#make = make;
  }

  of(document: vscode.TextDocument): T {
    const made = this.#made.get(document) ?? this.#make();
    this.#made.set(document, made);
    return made;
  }
}

import type * as vscode from 'vscode';
import { Emitter } from '../../core/emitter';
import type { Disposable } from '../../core/disposable';
import type { SecretStore } from '../../core/ports';

/** VS Code's SecretStorage as the engine's port. */
export class VsCodeSecretStore implements SecretStore, Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #changes = new Emitter<string>();
  readonly #subscription: vscode.Disposable;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#subscription = secrets.onDidChange(({ key }) => this.#changes.fire(key));
  }

  get onDidChange(): SecretStore['onDidChange'] {
    return this.#changes.event;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#secrets.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#secrets.store(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#secrets.delete(key);
  }

  async keys(): Promise<readonly string[]> {
    return this.#secrets.keys();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }
}

import * as vscode from 'vscode';

const key = 'latchkey.accounts';

/** Which account a workspace uses, per connection and role. Account ids are hashes, not addresses. */
export class AccountPreference implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  constructor(workspaceState: vscode.Memento) {
    this.#memento = workspaceState;
  }

  /** The chosen account id for a connection; `role` is what a request file calls `account:`. */
  get(connectionKey: string, role?: string): string | undefined {
    return this.#all()[entry(connectionKey, role)];
  }

  async set(connectionKey: string, role: string | undefined, accountId: string): Promise<void> {
    await this.#memento.update(key, { ...this.#all(), [entry(connectionKey, role)]: accountId });
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Readonly<Record<string, string>> {
    return this.#memento.get<Record<string, string>>(key) ?? {};
  }
}

function entry(connectionKey: string, role: string | undefined): string {
  return role === undefined ? connectionKey : `${connectionKey}#${role}`;
}

import type * as vscode from 'vscode';
import type { GrantOfTrust, TrustStore } from '../../core/oauth/signInPorts';

const key = 'latchkey.trust';

/**
 * Grants of trust in `globalState`, where no repository can put one. Read anew each time: another window may have
 * written since.
 */
export class MementoTrustStore implements TrustStore {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  list(): readonly GrantOfTrust[] {
    const stored = this.#memento.get<unknown>(key);
    return Array.isArray(stored) ? (stored as GrantOfTrust[]) : [];
  }

  async save(grant: GrantOfTrust): Promise<void> {
    await this.#memento.update(key, [...this.#without(grant.folder, grant.connectionName), grant]);
  }

  async remove(folder: string, connectionName: string): Promise<void> {
    await this.#memento.update(key, this.#without(folder, connectionName));
  }

  #without(folder: string, connectionName: string): GrantOfTrust[] {
    return this.list().filter((grant) => grant.folder !== folder || grant.connectionName !== connectionName);
  }
}

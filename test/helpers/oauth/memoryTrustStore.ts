import type { GrantOfTrust, TrustStore } from '../../../src/core/oauth/signInPorts';

/** Grants of trust in memory: one per folder and connection name, as plain JSON. */
export class MemoryTrustStore implements TrustStore {
  grants: GrantOfTrust[] = [];

  list(): readonly GrantOfTrust[] {
    return JSON.parse(JSON.stringify(this.grants)) as GrantOfTrust[];
  }

  save(grant: GrantOfTrust): Promise<void> {
    this.grants = [...this.#without(grant.folder, grant.connectionName), grant];
    return Promise.resolve();
  }

  remove(folder: string, connectionName: string): Promise<void> {
    this.grants = this.#without(folder, connectionName);
    return Promise.resolve();
  }

  #without(folder: string, connectionName: string): GrantOfTrust[] {
    return this.grants.filter((grant) => grant.folder !== folder || grant.connectionName !== connectionName);
  }
}

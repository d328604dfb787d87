import { connectionKey } from '../oauth/connectionKey';
import { withRelevantTls } from '../oauth/connectionTls';
import type { ConnectionConfig } from '../oauth/model';
import type { ServerMetadata } from '../oauth/serverMetadata';
import type { Consent, GrantOfTrust, TrustFacts, TrustStore } from '../oauth/signInPorts';
import { sameTrustFacts, trustFacts } from '../oauth/trust';
import { sameHosts, trustedHosts } from '../oauth/trustedHosts';
import type { Clock } from '../ports';
import { SharedTask } from './sharedTask';

/**
 * Lets a connection pass that the user approved for the folder, as it is now; asks otherwise. Whoever asks for the
 * same thing at the same time shares one dialog.
 */
export class TrustGate {
  readonly #consent: Consent;
  readonly #trust: TrustStore;
  readonly #clock: Clock;
  readonly #dialogs = new SharedTask<boolean>();

  constructor(consent: Consent, trust: TrustStore, clock: Clock) {
    this.#consent = consent;
    this.#trust = trust;
    this.#clock = clock;
  }

  /** The approval of the connection as it is now; a renamed connection keeps it. */
  approval(connection: ConnectionConfig, folder: string): GrantOfTrust | undefined {
    return this.#trust.list().find((grant) => grant.folder === folder && isApproved(connection, grant));
  }

  /**
   * Whether the user has approved, now or earlier, the connection at the hosts that the server names today.
   * @throws AbortError.
   */
  async confirm(
    connection: ConnectionConfig,
    folder: string,
    server: ServerMetadata,
    signal: AbortSignal,
  ): Promise<boolean> {
    const hosts = trustedHosts(server);
    const approval = this.approval(connection, folder);
    if (approval && sameHosts(approval.hosts, hosts)) return true;
    const approvable = withRelevantTls(connection, hosts);
    const facts = trustFacts(approvable);
    const previous = this.#previous(connection.name, folder);
    const key = JSON.stringify([folder, connection.name, facts, hosts]);
    return this.#dialogs.run(key, signal, async (wanted) => {
      const request = { folder, connection: approvable, facts, hosts, previous };
      if (!(await this.#consent.approveConnection(request, wanted))) return false;
      const grantedAt = this.#clock.now();
      const { name: connectionName } = connection;
      const approved = { connectionName, connectionKey: await connectionKey(connection), facts, hosts };
      await this.#trust.save({ folder, ...approved, grantedAt });
      return true;
    });
  }

  #previous(connectionName: string, folder: string): GrantOfTrust | undefined {
    return this.#trust
      .list()
      .filter((grant) => grant.folder === folder && grant.connectionName === connectionName)
      .sort((a, b) => b.grantedAt - a.grantedAt)[0];
  }
}

function isApproved(connection: ConnectionConfig, { facts: granted, hosts }: GrantOfTrust): boolean {
  const facts = trustFacts(withRelevantTls(connection, hosts));
  return sameTrustFacts(comparable(granted, facts), facts);
}

/** Whoever has not read the files cannot say whether they have changed; they are compared where they are used. */
function comparable(granted: TrustFacts, now: TrustFacts): TrustFacts {
  return now.files === undefined ? { ...granted, files: undefined } : granted;
}

import { isErrorCode, LatchkeyError } from '../errors';
import { connectionKey } from '../oauth/connectionKey';
import type { AccessToken, ExchangedTokenSetting, ExchangeSetting, Session, SubjectConnection } from '../oauth/model';
import type { ExchangedTokens } from '../oauth/tokenExchange';
import type { Secret } from '../secret';
import type { SecretVault } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import type { TrustGate } from './trustGate';

/** What {@link SubjectTokens} works with. */
export interface SubjectTokensPorts {
  readonly vault: SecretVault;
  readonly gate: TrustGate;
  /** Every session; rejects when the store cannot be read. */
  readonly sessions: () => Promise<readonly Session[]>;
  readonly freshToken: (sessionId: string, signal: AbortSignal) => Promise<AccessToken>;
  /** The account that the user has chosen for a connection, if any. */
  readonly preferredAccount: (connectionKey: string) => string | undefined;
}

/** Whose exchange it is. */
type Exchanger = Pick<SessionRecord, 'connectionName' | 'folder'>;

/** Finds the tokens that are exchanged for others (RFC 8693): those of other connections' sessions, or stored ones. */
export class SubjectTokens {
  readonly #ports: SubjectTokensPorts;

  constructor(ports: SubjectTokensPorts) {
    this.#ports = ports;
  }

  /**
   * The exchange with the sessions that it takes its tokens from: their connections have been allowed for the folder,
   * and somebody is signed in to each.
   * @throws LatchkeyError `oauth.subjectSignedOut`, `oauth.subjectUntrusted`.
   */
  async chosen({ subject, actor, ...rest }: ExchangeSetting, exchanger: Exchanger): Promise<ExchangeSetting> {
    const [chosenSubject, chosenActor] = await Promise.all([
      this.#choose(subject, exchanger),
      actor && this.#choose(actor, exchanger),
    ]);
    return { ...rest, subject: chosenSubject, actor: chosenActor };
  }

  /**
   * The tokens of an exchange, good for now.
   * @throws LatchkeyError `oauth.subjectSignedOut`, `oauth.secretNotStored`, and those of renewing a token; AbortError.
   */
  async tokens(
    { subject, actor }: ExchangeSetting,
    exchanger: Exchanger,
    signal: AbortSignal,
  ): Promise<ExchangedTokens> {
    return {
      subject: await this.#token(subject, exchanger, signal),
      actor: actor && (await this.#token(actor, exchanger, signal)),
    };
  }

  async #choose(
    setting: ExchangedTokenSetting,
    { connectionName: connection, folder = '' }: Exchanger,
  ): Promise<ExchangedTokenSetting> {
    const { source } = setting;
    if (source.kind === 'secret' || !source.connection) return setting;
    const subject = source.connection.label;
    if (!this.#ports.gate.approval(source.connection, folder)) {
      throw new LatchkeyError('oauth.subjectUntrusted', { connection, subject });
    }
    const key = await connectionKey(source.connection);
    const own = (await this.#ports.sessions()).filter((session) => session.connectionKey === key);
    const preferred = own.find(({ account }) => account.id === this.#ports.preferredAccount(key));
    const session = preferred ?? own[0];
    if (!session) throw new LatchkeyError('oauth.subjectSignedOut', { connection, subject });
    const { name } = source;
    return { ...setting, source: { kind: 'connection', name, connectionKey: key, accountId: session.account.id } };
  }

  async #token({ source }: ExchangedTokenSetting, exchanger: Exchanger, signal: AbortSignal): Promise<Secret> {
    const { connectionName: connection, folder = '' } = exchanger;
    if (source.kind === 'secret') {
      const secret = await this.#ports.vault.stored({ folder, name: source.name });
      if (!secret) throw new LatchkeyError('oauth.secretNotStored', { connection, name: source.name });
      return secret;
    }
    const session = await this.#session(source);
    const signedOut = new LatchkeyError('oauth.subjectSignedOut', { connection, subject: source.name });
    if (!session) throw signedOut;
    try {
      return (await this.#ports.freshToken(session.id, signal)).value;
    } catch (error) {
      throw isErrorCode(error, 'oauth.signInAgain') || isErrorCode(error, 'oauth.sessionGone') ? signedOut : error;
    }
  }

  async #session({ connectionKey: key, accountId }: SubjectConnection): Promise<Session | undefined> {
    const sessions = await this.#ports.sessions();
    return sessions.find((session) => session.connectionKey === key && session.account.id === accountId);
  }
}

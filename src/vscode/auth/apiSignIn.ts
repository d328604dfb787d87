import type { ApiQuestions } from '../../core/oauth/apiConnection';
import { discoveredConnection } from '../../core/oauth/discoveredConnection';
import type { OAuthHttp } from '../../core/oauth/oauthHttp';
import type { AskedApi } from '../../core/oauth/resourceDiscovery';
import type { SessionService } from '../../core/session/sessionService';
import { tlsHttp } from '../../core/session/tlsHttp';
import type { TlsScope } from '../../core/session/tlsScope';
import type { SignInCommands } from '../commands/signInCommands';
import { askApi } from './askApi';
import type { DiscoveredApis } from './discoveredApis';
import type { FoundConnection } from './latchkeyAuthenticationProvider';

export interface ApiSignInDeps {
  readonly http: OAuthHttp;
  readonly sessions: SessionService;
  readonly accounts: SignInCommands;
  readonly apis: DiscoveredApis;
  readonly questions: ApiQuestions;
}

/** Signs in to APIs that no project file describes, as they say themselves (RFC 9728). */
export class ApiSignIn {
  readonly #deps: ApiSignInDeps;

  constructor(deps: ApiSignInDeps) {
    this.#deps = deps;
  }

  /** Hosts at which an API says one signs in; none when it does not say. Asks the API and nobody else. */
  async hostsNamedBy(asked: AskedApi, tls: TlsScope, signal: AbortSignal): Promise<readonly string[]> {
    const { discoverResource } = await import('../../core/oauth/resourceDiscovery');
    const { resource } = await discoverResource(this.#secured(tls), asked, signal);
    return (resource?.issuers ?? []).map((issuer) => new URL(issuer).host);
  }

  /**
   * Finds out where, asks what is to be asked, and signs in. `undefined`: the user gave up.
   * @param tls how connections are secured, and for which folder.
   * @param wasRefused the API has refused the token of the session that there is.
   * @throws LatchkeyError why it failed.
   */
  async signIn(asked: AskedApi, tls: TlsScope, wasRefused: boolean): Promise<FoundConnection | undefined> {
    const { accounts, apis, questions } = this.#deps;
    const { folder, settings } = tls;
    const facts = await askApi(this.#secured(tls), asked, questions);
    if (!facts) return undefined;
    const found = { connection: { ...discoveredConnection(facts), tls: settings }, folder };
    const isUsable = !wasRefused && (await this.#hasSession(found));
    if (!isUsable && !(await accounts.signInTo(found))) return undefined;
    await apis.remember(folder, facts);
    return found;
  }

  #secured(tls: TlsScope): OAuthHttp {
    return tlsHttp({ http: this.#deps.http, tls: this.#deps.sessions.tls }, tls);
  }

  /** Somebody may be signed in already, by a connection of a project file or from another folder. */
  async #hasSession({ connection, folder }: FoundConnection): Promise<boolean> {
    const { sessions } = this.#deps;
    const usable = (await sessions.sessionsFor(connection)).some(
      ({ state, scopes }) => state === 'active' && connection.scopes.every((scope) => scopes.includes(scope)),
    );
    return usable && (await sessions.ensureTrusted(connection, folder, new AbortController().signal));
  }
}

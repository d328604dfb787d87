import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { Account, Session } from '../../core/oauth/model';
import type { Browser } from '../../core/ports';
import type { Secret } from '../../core/secret';
import type { SessionService } from '../../core/session/sessionService';
import type { SignInOptions } from '../../core/session/signInOutcome';
import type { AccountPreference } from '../auth/accountPreference';
import { connectionIn, sessionIn } from '../explorer/connectionsNode';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { safeNotification } from '../platform/errorText';
import type { WorkspaceConnections } from '../requests/workspaceConnections';
import { pickSession, sessionItem } from './pickSession';

/** What `latchkey.signIn` resolves to; never a token. */
export interface SignedIn {
  readonly id: string;
  readonly account: Account;
  readonly scopes: readonly string[];
}

export interface SignInCommandOptions {
  readonly scopes?: readonly string[];
  /** Id of the account to sign in again. */
  readonly account?: string;
}

/** What an API wanted of a sign-in beyond scopes (RFC 9470). */
export type StepUpOptions = Pick<SignInOptions, 'acrValues' | 'maxAge'>;

/** Sign in, sign out, switch account. */
export class SignInCommands {
  readonly #sessions: SessionService;
  readonly #connections: WorkspaceConnections;
  readonly #preference: AccountPreference;
  readonly #browser: Browser;

  constructor(
    sessions: SessionService,
    connections: WorkspaceConnections,
    preference: AccountPreference,
    browser: Browser,
  ) {
    this.#sessions = sessions;
    this.#connections = connections;
    this.#preference = preference;
    this.#browser = browser;
  }

  /**
   * `latchkey.signIn(connectionName?, options?)`: signs in to the named connection, or to the one the user picks.
   * `undefined`: cancelled.
   */
  async signIn(connectionName: unknown, options: unknown): Promise<SignedIn | undefined> {
    requireTrust();
    const found = await this.#find(connectionName);
    const again = sessionIn(connectionName);
    return found && this.signInTo(found, again ? { account: again.account.id } : signInOptions(options));
  }

  async signInTo(
    found: FoundConnection,
    options: SignInCommandOptions & StepUpOptions = {},
    role?: string,
  ): Promise<SignedIn | undefined> {
    requireTrust();
    const outcome = await this.#sessions.signIn(found.connection, {
      folder: found.folder,
      scopes: options.scopes,
      accountId: options.account,
      acrValues: options.acrValues,
      maxAge: options.maxAge,
      signal: new AbortController().signal,
    });
    if (outcome.kind === 'cancelled') return undefined;
    const { session } = outcome;
    await this.#preference.set(session.connectionKey, role, session.account.id);
    const label = safeNotification(session.account.label);
    void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Signed in as {0}', label), 5000);
    return { id: session.id, account: session.account, scopes: session.scopes };
  }

  /** `account`: from the Connections view; else the user picks one. */
  async signOut(account?: unknown): Promise<void> {
    const shown = sessionIn(account);
    const session =
      shown ?? (await pickSession(await this.#sessions.list(), vscode.l10n.t('Sign out of which account?')));
    if (session) await this.signOutOf(session);
  }

  /** Signs out here and at the server, and offers to do so in the browser where the server has a page for that. */
  async signOutOf(session: Session): Promise<void> {
    // Asked for before: afterwards nothing is known of the session any more.
    const url = await this.#sessions.inspector.logoutUrl(session.id);
    await this.#sessions.signOut(session.id);
    if (url) void this.#offerBrowserSignOut(session, url);
  }

  async #offerBrowserSignOut({ account, issuer }: Session, url: Secret): Promise<void> {
    const button = vscode.l10n.t('Also Sign Out in the Browser');
    const host = URL.canParse(issuer) ? new URL(issuer).host : issuer;
    const message = vscode.l10n.t('Signed out {0}. The browser may still be signed in at {1}.', account.label, host);
    const choice = await vscode.window.showInformationMessage(safeNotification(message), button);
    if (choice === button) await this.#browser.open(url.revealForTransport());
  }

  /** Chooses which of a connection's accounts this workspace uses, or signs in with another one. */
  async switchAccount(connectionName: unknown): Promise<void> {
    requireTrust();
    const found = await this.#find(connectionName);
    if (found) await this.switchAccountOf(found, undefined);
  }

  /** `role` is what request files call `account:`; without one it is the account used by default. */
  async switchAccountOf(found: FoundConnection, role: string | undefined): Promise<void> {
    const sessions = await this.#sessions.sessionsFor(found.connection);
    const choice = sessions.length === 0 ? 'another' : await this.#pickAccount(found, sessions, role);
    if (choice === 'another') await this.signInTo(found, {}, role);
    else if (choice) await this.#preference.set(choice.connectionKey, role, choice.account.id);
  }

  async #find(name: unknown): Promise<FoundConnection | undefined> {
    const shown = connectionIn(name);
    if (shown) return shown;
    if (typeof name !== 'string') return this.#connections.pick();
    const found = await this.#connections.find(name);
    if (!found) throw new LatchkeyError('workspace.unknownConnection', { name });
    return found;
  }

  async #pickAccount(
    found: FoundConnection,
    sessions: readonly Session[],
    role: string | undefined,
  ): Promise<Session | 'another' | undefined> {
    const [first] = sessions;
    const preferred =
      first && (this.#preference.get(first.connectionKey, role) ?? (role === undefined ? first.account.id : undefined));
    const items = sessions.map((session) => ({
      ...sessionItem(session),
      ...(session.account.id === preferred ? { description: vscode.l10n.t('used in this workspace') } : {}),
      choice: session,
    }));
    const another = {
      label: vscode.l10n.t('$(add) Sign in with another account…'),
      description: '',
      choice: 'another' as const,
    };
    const { label } = found.connection;
    const title =
      role === undefined ? vscode.l10n.t('Account for {0}', label) : vscode.l10n.t('Account “{0}” of {1}', role, label);
    return (await vscode.window.showQuickPick([...items, another], { ignoreFocusOut: true, title }))?.choice;
  }
}

/** Takes what it knows of what another extension passed. */
function signInOptions(options: unknown): SignInCommandOptions {
  if (typeof options !== 'object' || options === null) return {};
  const { scopes, account } = options as { readonly scopes?: unknown; readonly account?: unknown };
  return {
    ...(Array.isArray(scopes) ? { scopes: scopes.filter((scope) => typeof scope === 'string') } : {}),
    ...(typeof account === 'string' ? { account } : {}),
  };
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
}

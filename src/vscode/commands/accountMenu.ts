import * as vscode from 'vscode';
import type { Session } from '../../core/oauth/model';
import { accountName } from '../auth/accountName';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { plainLabel } from '../platform/plainLabel';
import type { RequestSender } from '../runner/requestSender';
import type { SignInCommands } from './signInCommands';
import type { TokenCommands } from './tokenCommands';

export interface AccountMenuDeps {
  readonly sender: RequestSender;
  readonly accounts: SignInCommands;
  readonly tokens: TokenCommands;
}

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<unknown>;
}

/** What can be done about the account that a request is sent as. */
export class AccountMenu {
  readonly #deps: AccountMenuDeps;

  constructor(deps: AccountMenuDeps) {
    this.#deps = deps;
  }

  /** Signs in when nobody is, since there is nothing else to choose then; else lets the user choose. */
  async open(uri: vscode.Uri, name: string | undefined): Promise<void> {
    const { sender, accounts } = this.#deps;
    const context = await sender.locate(uri, name);
    const request = sender.outline(context);
    const found = sender.connectionOf(context, request);
    if (!found) return;
    const role = request.auth.kind === 'connection' ? request.auth.account : undefined;
    const session = await sender.sessionFor(request, found);
    if (!session) {
      await accounts.signInTo(found, {}, role);
      return;
    }
    const account = accountName(session.account.label, found.connection.label);
    const title = vscode.l10n.t('{0} at {1}', account, found.connection.label);
    const choice = await vscode.window.showQuickPick(this.#choices(found, session, role, account), {
      ignoreFocusOut: true,
      title,
    });
    await choice?.run();
  }

  #choices(found: FoundConnection, session: Session, role: string | undefined, account: string): readonly Choice[] {
    const { accounts, tokens } = this.#deps;
    const t = vscode.l10n.t;
    const label = plainLabel(account);
    const again: Choice = {
      label: t('$(sign-in) Sign in again as {0}', label),
      run: () => accounts.signInTo(found, { account: session.account.id }, role),
    };
    const change: Choice = {
      label: t('$(account) Switch account…'),
      run: () => accounts.switchAccountOf(found, role),
    };
    // What VS Code has signed in to, it alone shows and ends.
    if (session.issuer.startsWith('vscode:')) return [change];
    const inspect: Choice = { label: t('$(key) Inspect token'), run: () => tokens.inspect(session.id) };
    const end: Choice = { label: t('$(sign-out) Sign out {0}', label), run: () => accounts.signOutOf(session) };
    return session.state === 'signInAgain' ? [again, change, inspect, end] : [change, inspect, again, end];
  }
}

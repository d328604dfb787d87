import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { Account } from '../../core/oauth/model';
import type { EditorSession, EditorSessions, EditorSignIn } from '../../core/oauth/signInPorts';
import { plainServerText } from '../../core/oauth/serverText';
import { Secret } from '../../core/secret';
import { isCancelled } from '../platform/isCancelled';

/** The sessions of VS Code's own providers, under VS Code's own questions of who may use them. */
export const editorSessions: EditorSessions = {
  async find(provider, scopes) {
    const accounts = await accountsOf(provider);
    const silent = (account: Account): Thenable<vscode.AuthenticationSession | undefined> =>
      vscode.authentication.getSession(provider, scopes, { silent: true, account });
    const sessions = await Promise.all(accounts.map((account) => silent(account)));
    return sessions.filter((session) => session !== undefined).map(editorSession);
  },

  async signIn(request) {
    try {
      const { provider, scopes } = request;
      const session = await vscode.authentication.getSession(provider, scopes, sessionOptions(request));
      return session && editorSession(session);
    } catch (error) {
      if (isCancelled(error) || isRefusal(error)) return undefined;
      throw missingProvider(request.provider, error);
    }
  },
};

async function accountsOf(provider: string): Promise<readonly Account[]> {
  try {
    return await vscode.authentication.getAccounts(provider);
  } catch (error) {
    throw missingProvider(provider, error);
  }
}

function missingProvider(provider: string, cause: unknown): LatchkeyError {
  return new LatchkeyError('session.editorProviderMissing', { provider }, { cause });
}

function sessionOptions(request: EditorSignIn): vscode.AuthenticationGetSessionOptions {
  const { account, chooseAccount, renew } = request;
  const detail = vscode.l10n.t('Latchkey uses it for the connection {0}.', plainServerText(request.connectionLabel));
  return {
    ...(renew ? { forceNewSession: { detail } } : { createIfNone: { detail } }),
    ...(chooseAccount ? { clearSessionPreference: true } : {}),
    ...(account ? { account } : {}),
  };
}

/** How VS Code says that the user answered no. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /did not consent|cancell?ed/i.test(error.message);
}

function editorSession({ id, account, scopes, accessToken }: vscode.AuthenticationSession): EditorSession {
  return { id, account: { id: account.id, label: account.label }, scopes, token: new Secret(accessToken) };
}

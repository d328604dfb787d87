import * as vscode from 'vscode';

/** An extension that brings VS Code an account of its own, as the GitHub extension does. */
export function activate(context: vscode.ExtensionContext): void {
  const changes = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const sessions: vscode.AuthenticationSession[] = [];
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: changes.event,
    getSessions: (scopes) =>
      Promise.resolve(
        sessions.filter((session) => scopes === undefined || scopes.every((scope) => session.scopes.includes(scope))),
      ),
    createSession: (scopes) => {
      const account = { id: 'octocat', label: 'octocat' };
      const session = { id: 'hub-1', account, scopes, accessToken: 'token-of-hub' };
      sessions.push(session);
      changes.fire({ added: [session], removed: [], changed: [] });
      return Promise.resolve(session);
    },
    removeSession: () => Promise.resolve(),
  };
  context.subscriptions.push(
    changes,
    vscode.authentication.registerAuthenticationProvider('hub', 'Hub', provider, { supportsMultipleAccounts: true }),
  );
}

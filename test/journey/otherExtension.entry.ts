import * as vscode from 'vscode';

/** Another extension that uses a sign-in of Latchkey by the public contract, and says what it got. */
export function activate(context: vscode.ExtensionContext): void {
  const scopes = ['connection:playground', 'orders.read'];
  const say = (session: vscode.AuthenticationSession | undefined): void => {
    const facts = session
      ? `${session.account.label} [${session.scopes.join(' ')}] token ${session.accessToken.length > 20 ? 'yes' : 'no'}`
      : 'nothing';
    void vscode.window.showInformationMessage(`Got ${facts}`);
  };
  const register = (id: string, options: vscode.AuthenticationGetSessionOptions): vscode.Disposable =>
    vscode.commands.registerCommand(`consumer.${id}`, async () =>
      say(await vscode.authentication.getSession('latchkey', scopes, options)),
    );
  context.subscriptions.push(register('look', { silent: true }), register('signIn', { createIfNone: true }));
}

import * as vscode from 'vscode';
import type { Session } from '../../core/oauth/model';

/** Lets the user choose one of their sessions; says so when there is none. */
export async function pickSession(sessions: readonly Session[], title: string): Promise<Session | undefined> {
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in to anything with Latchkey.'));
    return undefined;
  }
  const items = sessions.map(sessionItem);
  return (await vscode.window.showQuickPick(items, { title }))?.session;
}

/** A session in a list to choose from. */
export function sessionItem(session: Session): vscode.QuickPickItem & { readonly session: Session } {
  const again = session.state === 'signInAgain' ? vscode.l10n.t('has to sign in again') : '';
  return { label: session.account.label, description: again, detail: session.issuer, session };
}

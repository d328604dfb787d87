import * as vscode from 'vscode';
import type { Session } from '../../core/oauth/model';
import { timeToEnd } from '../../shared/signInEnd';

/** Lets the user choose one of their sessions; says so when there is none. */
export async function pickSession(sessions: readonly Session[], title: string): Promise<Session | undefined> {
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in to anything with Latchkey.'));
    return undefined;
  }
  const items = sessions.map(sessionItem);
  return (await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title }))?.session;
}

/** A session in a list to choose from. */
export function sessionItem(session: Session): vscode.QuickPickItem & { readonly session: Session } {
  return { label: session.account.label, description: standing(session), detail: session.issuer, session };
}

/** What the user has to do about it, now or soon. */
function standing({ state, refreshable, refreshExpiresAt }: Session): string {
  if (state === 'signInAgain') return vscode.l10n.t('has to sign in again');
  const left = refreshable ? timeToEnd(refreshExpiresAt, Date.now()) : undefined;
  if (left === undefined) return '';
  const hours = Math.floor(left / 3_600_000);
  return hours > 0
    ? vscode.l10n.t('sign-in ends in {0} h', hours)
    : vscode.l10n.t('sign-in ends in {0} min', Math.ceil(left / 60_000));
}

import * as vscode from 'vscode';
import type { CookieJars } from '../../core/http/cookies/cookieJars';

/** Forgets the cookies of one project and environment, or all of this window, and says how many those were. */
export function clearCookies(cookies: CookieJars, scope?: string): void {
  const count = cookies.clear(scope);
  const message =
    count === 0
      ? vscode.l10n.t('There are no cookies to clear.')
      : count === 1
        ? vscode.l10n.t('Cleared 1 cookie.')
        : vscode.l10n.t('Cleared {0} cookies.', count);
  void vscode.window.showInformationMessage(message);
}

import * as vscode from 'vscode';
import type { CookieJars, ListedJar } from '../../core/http/cookies/cookieJars';
import { isCookieScopeOfWindow } from '../runner/cookieScope';

/** Forgets the cookies of some projects and environments, and says how many those were. */
export async function clearCookies(cookies: Pick<CookieJars, 'clear'>, scopes: readonly string[]): Promise<void> {
  const count = await cookies.clear(scopes);
  const message =
    count === 0
      ? vscode.l10n.t('There are no cookies to clear.')
      : count === 1
        ? vscode.l10n.t('Cleared 1 cookie.')
        : vscode.l10n.t('Cleared {0} cookies.', count);
  void vscode.window.showInformationMessage(message);
}

/** Forgets the cookies of this window's folders; where there are others too, the user says whether those as well. */
export async function clearAnyCookies(cookies: CookieJars): Promise<void> {
  const all = await cookies.list();
  const own = all.filter(({ scope, isUsed }) => isUsed || isCookieScopeOfWindow(scope));
  const chosen = own.length === all.length ? own : await chooseJars(own, all);
  if (!chosen) return;
  await cookies.clearUnreadable();
  await clearCookies(
    cookies,
    chosen.map(({ scope }) => scope),
  );
}

async function chooseJars(
  own: readonly ListedJar[],
  all: readonly ListedJar[],
): Promise<readonly ListedJar[] | undefined> {
  const sum = (jars: readonly ListedJar[]): string => String(jars.reduce((total, { count }) => total + count, 0));
  const items = [
    { label: vscode.l10n.t('Cookies of this workspace'), description: sum(own), jars: own },
    { label: vscode.l10n.t('Cookies of all folders'), description: sum(all), jars: all },
  ];
  const title = vscode.l10n.t('Clear which cookies?');
  return (await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title }))?.jars;
}

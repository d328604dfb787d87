import * as vscode from 'vscode';
import type { CookieAttributes, ReceivedCookie } from '../../core/http/cookies/hopCookies';
import type { Exchange } from '../../core/http/exchange';
import { secretMasker, type SecretMasker } from '../../core/http/secretMasker';
import { cookieRefusalTexts } from '../../core/text/cookieRefusalTexts';
import type { CookiesView, ReceivedCookieView } from '../../shared/viewModel';

/** A hostile server sets any number, with names of any length. */
const MOST_COOKIES = 500;
const LONGEST_NAME = 200;

/** The cookies of all hops, without their values. */
export function presentCookies({ hops, secrets }: Exchange): CookiesView {
  const mask = secretMasker(secrets ?? []);
  const kept = hops.some(({ cookies }) => cookies !== undefined);
  const sent = hops.flatMap(({ request, cookies }) => {
    const host = URL.parse(request.url)?.host ?? '';
    return (cookies?.sent ?? []).map(({ name }) => ({ name: cut(mask(name)), host }));
  });
  const received = hops.flatMap(({ cookies }) =>
    (cookies?.received ?? []).slice(0, MOST_COOKIES).map((cookie) => presentReceived(cookie, mask)),
  );
  return { kept, sent: sent.slice(0, MOST_COOKIES), received: received.slice(0, MOST_COOKIES) };
}

function presentReceived({ name, attributes, fate }: ReceivedCookie, mask: SecretMasker): ReceivedCookieView {
  return {
    name: cut(mask(name)),
    domain: cut(mask(attributes?.domain ?? '')),
    subdomains: attributes?.hostOnly === false,
    path: cut(mask(attributes?.path ?? '')),
    expiresAt: attributes?.expiresAt,
    flags: attributes ? flagsOf(attributes) : [],
    fate: fate.kind,
    reason: fate.kind === 'refused' ? vscode.l10n.t(cookieRefusalTexts[fate.reason]) : undefined,
  };
}

function flagsOf({ secure, httpOnly, sameSite }: CookieAttributes): readonly string[] {
  const site = sameSite && `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`;
  return [...(secure ? ['Secure'] : []), ...(httpOnly ? ['HttpOnly'] : []), ...(site === undefined ? [] : [site])];
}

function cut(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

import { isSecretHeader, looksLikeSecret } from '../request/secretLooks';
import type { CurlCommand } from './curlCommand';
import { hasMarks } from './marks';
import type { SecretKeeper } from './secretKeeper';

/** What the connection or the transport sets by itself. */
const ownHeaders = /^(?:host|content-length|connection|keep-alive|transfer-encoding|expect)$/i;
/** What a page's requests tell the server about the browser. */
const browserHeaders =
  /^(?:sec-ch-.*|sec-fetch-.*|sec-gpc|dnt|te|priority|upgrade-insecure-requests|accept-encoding|accept-language|pragma|user-agent|x-client-data|x-browser-.*)$/i;

export interface DraftHeaders {
  /** `undefined` as value: a header that would be there by itself is left out. */
  readonly headers: readonly (readonly [name: string, value: string | undefined])[];
  readonly leftOut: readonly string[];
}

/** The headers of a command without what says nothing about the request, and cookies as the header they are sent in. */
export function draftHeaders(
  { headers, cookies }: Pick<CurlCommand, 'headers' | 'cookies'>,
  host: string,
  secrets: SecretKeeper,
): DraftHeaders {
  const kept: (readonly [string, string | undefined])[] = [];
  const leftOut: string[] = [];
  const isBrowser = headers.some(
    ({ name, value }) => /^sec-(?:ch|fetch)-/i.test(name) || /^mozilla\//i.test(value ?? ''),
  );
  for (const { name, value } of headers) {
    const isOwn = /^host$/i.test(name) ? value === host : ownHeaders.test(name);
    const isNoise = isBrowser && browserHeaders.test(name) && value !== undefined;
    if (isOwn || (/^accept$/i.test(name) && value === '*/*')) continue;
    if (isNoise) leftOut.push(name);
    else if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      kept.push([name, value === undefined ? value : shown(name, value, secrets)]);
  }
  if (cookies.length > 0) kept.push(['Cookie', shownCookies(cookies.join('; '), secrets)]);
  return { headers: kept, leftOut };
}

function shown(name: string, value: string, secrets: SecretKeeper): string {
  if (/^cookie$/i.test(name)) return shownCookies(value, secrets);
  const scheme = /^([A-Za-z][\w-]*) +(\S+)$/.exec(value);
  if (scheme && /authorization$/i.test(name)) return `${scheme[1] ?? ''} ${secrets.keep(name, scheme[2] ?? '')}`;
  return isSecretHeader(name) || looksLikeSecret(name, value) ? secrets.keep(name, value) : secrets.within(value);
}

/** A cookie whose value nobody would remember is most probably a session. */
function shownCookies(cookies: string, secrets: SecretKeeper): string {
  const values = cookies.split(';').map((cookie) => cookie.slice(cookie.indexOf('=') + 1).trim());
  const isSecret = values.some((value) => !hasMarks(value) && (value.length >= 16 || looksLikeSecret('token', value)));
  const named = cookies
    .split(';')
    .some((cookie) => /sess|sid|auth|token|csrf|xsrf|jwt/i.test(cookie.split('=')[0] ?? ''));
  return isSecret || named ? secrets.keep('cookie', cookies) : cookies;
}

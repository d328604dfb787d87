import type { DiagnosticCode } from '../diagnostic';
import type { TemplateData } from '../../text/template';
import { shorten } from '../shorten';
import { encodeComponent, encodeIllegal } from './encoding';

export type BuiltUrl =
  | { readonly ok: true; readonly url: URL; readonly fragment: boolean }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly data: TemplateData };

/** Servers and proxies refuse far shorter ones. */
const MAX_LENGTH = 200_000;

/**
 * Puts base and URL together as text with one slash between, appends the query after one that is already there, and
 * encodes what may not stand in a URL. A fragment is dropped, as it is never sent (RFC 9110 §4.2.5).
 */
export function buildUrl(
  base: string | undefined,
  url: string,
  query: readonly { readonly name: string; readonly text: string }[],
): BuiltUrl {
  const joined = join(base?.trim(), url.trim());
  if (joined.length > MAX_LENGTH) return { ok: false, code: 'variable.tooBig', data: { limit: MAX_LENGTH } };
  const shown = shorten(joined);
  const scheme = SCHEME.exec(joined)?.[0];
  if (scheme === undefined) return { ok: false, code: 'request.relativeUrl', data: { url: shown } };
  if (!/^https?:/i.test(scheme)) return { ok: false, code: 'request.badScheme', data: { scheme } };
  const hash = joined.indexOf('#');
  const sent = appendQuery(encodePath(hash < 0 ? joined : joined.slice(0, hash)), query);
  if (!URL.canParse(sent)) return { ok: false, code: 'request.badUrl', data: { url: shown } };
  const parsed = new URL(sent);
  if (parsed.username !== '' || parsed.password !== '') return { ok: false, code: 'request.urlCredentials', data: {} };
  return { ok: true, url: parsed, fragment: hash >= 0 };
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

function join(base: string | undefined, url: string): string {
  if (SCHEME.test(url) || base === undefined || base === '') return url;
  if (url === '' || /^[?#]/.test(url)) return base + url;
  return `${base.replace(/\/$/, '')}/${url.replace(/^\//, '')}`;
}

/** Scheme and host stay as they are: the URL parser knows international host names, and refuses what is wrong. */
function encodePath(url: string): string {
  const authority = /^[^:]*:\/\/[^/?#]*/.exec(url)?.[0] ?? '';
  return authority + encodeIllegal(url.slice(authority.length));
}

function appendQuery(url: string, query: readonly { readonly name: string; readonly text: string }[]): string {
  if (query.length === 0) return url;
  const pairs = query.map(({ name, text }) => `${encodeComponent(name)}=${encodeComponent(text)}`).join('&');
  if (!url.includes('?')) return `${url}?${pairs}`;
  return /[?&]$/.test(url) ? url + pairs : `${url}&${pairs}`;
}

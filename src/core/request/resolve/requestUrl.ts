import { asSecretAs } from '../../http/urlSecrets';
import { redact, revealForTransport, Secret, type Sensitive } from '../../secret';
import type { DiagnosticCode } from '../diagnostic';
import type { TemplateData } from '../../text/template';
import { shorten } from '../shorten';
import { encodeComponent, encodeIllegal } from './encoding';

export type BuiltUrl =
  | { readonly ok: true; readonly url: Sensitive; readonly fragment: boolean }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly data: TemplateData };

/** Servers and proxies refuse far shorter ones. */
const MAX_LENGTH = 200_000;

/**
 * Puts base and URL together as text with one slash between, appends the query after one that is already there, and
 * encodes what may not stand in a URL. The URL of a WebSocket becomes that of the request which opens it, so that its
 * origin is one like any other. A fragment is dropped, as it is never sent (RFC 9110 §4.2.5).
 */
export function buildUrl(
  base: Sensitive | undefined,
  url: Sensitive,
  query: readonly { readonly name: string; readonly text: Sensitive }[],
  isSocket = false,
): BuiltUrl {
  const pairs = query.map(({ name, text }) => ({ name, text: revealForTransport(text) }));
  const built = buildText(base && revealForTransport(base), revealForTransport(url), pairs, isSocket);
  const secrets = [base, url, ...query.map(({ text }) => text)].flatMap((part) => (part instanceof Secret ? part : []));
  if (secrets.length === 0) return built.ok ? { ...built, url: built.url.href } : built;
  if (!built.ok) return { ...built, data: 'url' in built.data ? { url: shownJoined(base, url) } : built.data };
  return { ...built, url: withSecrets(built.url.href, secrets) };
}

/** What is in a URL in the place of a secret is as secret, in whichever way it had to be encoded. */
function withSecrets(href: string, secrets: readonly Secret[]): Sensitive {
  const atoms = secrets.flatMap((secret) => secret.atoms.map((atom) => atom.revealForTransport()));
  const forms = atoms.flatMap((text) => [encodeComponent(text), encodeIllegal(text), text]);
  const marked = asSecretAs(href, [...new Set(forms)].filter((text) => text !== '').sort(longestFirst));
  // The URL parser may have changed it beyond recognition, as it does with host names.
  return marked instanceof Secret ? marked : new Secret(href);
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function shownJoined(base: Sensitive | undefined, url: Sensitive): string {
  return shorten(join(base && redact(base).trim(), redact(url).trim()));
}

type BuiltText =
  | { readonly ok: true; readonly url: URL; readonly fragment: boolean }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly data: TemplateData };

function buildText(
  base: string | undefined,
  url: string,
  query: readonly { readonly name: string; readonly text: string }[],
  isSocket: boolean,
): BuiltText {
  const written = join(base?.trim(), url.trim());
  const joined = isSocket ? written.replace(/^ws(s?):/i, 'http$1:') : written;
  if (joined.length > MAX_LENGTH) return { ok: false, code: 'variable.tooBig', data: { limit: MAX_LENGTH } };
  const shown = shorten(joined);
  const scheme = SCHEME.exec(joined)?.[0];
  if (scheme === undefined) return { ok: false, code: 'request.relativeUrl', data: { url: shown } };
  if (/^wss?:/i.test(scheme)) return { ok: false, code: 'request.socketScheme', data: { scheme } };
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

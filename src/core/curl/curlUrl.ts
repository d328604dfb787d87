import { hasMarks, withoutMarks } from './marks';
import type { SecretKeeper } from './secretKeeper';
import { looksLikeSecret } from '../request/secretLooks';

/** The parts of a URL as a request file writes them. */
export interface DraftUrl {
  readonly url: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** `user:password@`, decoded. */
  readonly user: string | undefined;
}

/** A query this short and simple reads better where it is. */
const SHORT_PAIRS = 1;

/**
 * Takes a URL apart: credentials out of it, the fragment, which is never sent, left out, and the query as pairs where
 * that says the same. curl takes a URL without scheme for http.
 */
export function draftUrl(text: string, more: readonly string[], secrets: SecretKeeper): DraftUrl {
  const complete = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) || hasMarks(text.slice(0, 1)) ? text : `http://${text}`;
  const [, scheme = '', userinfo, rest = ''] = /^([^:/?#]*:\/\/)?(?:([^/?#@]*)@)?([^#]*)/.exec(complete) ?? [];
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  const query = [...(mark < 0 ? [] : [rest.slice(mark + 1)]), ...more].filter((part) => part !== '').join('&');
  const address =
    scheme +
    path
      .split('/')
      .map((part) => (looksLikeSecret(undefined, part) ? secrets.keep('path', part) : part))
      .join('/');
  const user = userinfo === undefined ? undefined : (decoded(userinfo) ?? userinfo);
  const pairs = queryPairs(query);
  const isSecret = pairs?.some(([name, value]) => secrets.field(name, value) !== value) === true;
  const isPlain = (pairs?.length ?? 0) <= SHORT_PAIRS && !/[%+]/.test(query) && !isSecret;
  if (query === '' || !pairs || isPlain)
    return { url: query === '' ? address : `${address}?${secrets.within(query)}`, query: [], user };
  return { url: address, query: pairs.map(([name, value]) => [name, secrets.field(name, value)]), user };
}

/** `undefined` when pairs would not say the same: without an equals sign, not UTF-8, the same name in several places. */
function queryPairs(query: string): readonly (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = [];
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = decoded(part.slice(0, equals).replaceAll('+', ' '));
    const value = decoded(part.slice(equals + 1).replaceAll('+', ' '));
    if (equals <= 0 || name === undefined || value === undefined || hasMarks(name)) return undefined;
    if (pairs.some(([known], index) => known === name && pairs.slice(index).some(([other]) => other !== name)))
      return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

/** Names once, values of the same name as a list would have them. */
export function grouped(
  pairs: readonly (readonly [name: string, value: string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

/** Percent-decoded; `undefined` when that is not UTF-8. Marks stay. */
export function decoded(text: string): string | undefined {
  try {
    // Nothing decoded may be taken for a mark, so the parts between the marks are decoded on their own.
    return text.replace(/\ufdd4[^\ufdd5]*\ufdd5|[^\ufdd4]+/g, (part) =>
      hasMarks(part) ? part : withoutMarks(decodeURIComponent(part)),
    );
  } catch {
    return undefined;
  }
}

/** The pairs of a form, when the form says no more than they do. */
export function formPairs(body: string): readonly (readonly [string, string])[] | undefined {
  return body === '' ? undefined : queryPairs(body);
}

import { isSecretHeader, isSecretName, looksLikeSecret, maskTokens } from '../request/secretLooks';
import { MASK } from '../secret';

/** A member of JSON with a text, a field of a form, a query or a fragment, an element and an attribute of XML. */
const MEMBER = /"((?:[^"\\\n]|\\.){1,64})"(\s{0,64}:\s{0,64})"((?:[^"\\]|\\.)*)("?)/g;
const FIELD = /(^|[?&#"])([\w.%[\]-]{1,64})=([^&\s#"'<>]+)/gm;
const ELEMENT = /<([\w:.-]{1,64})>([^<]*)<\//g;
const ATTRIBUTE = /(\s)([\w:.-]{1,64})(\s{0,64}=\s{0,64})(?:"[^"<]+"|'[^'<]+')/g;

/** Where the value of a member begins in JSON that is itself in a text of JSON, and so has its quotes escaped. */
const NESTED_MEMBER = /(?<!\\)(\\+)"([^"\\\n]{1,64})\1"\s{0,64}:\s{0,64}\1"/g;

/** A cookie with its value, and none of its attributes. */
const COOKIE = /(^|;\s*)(?!\s|path=|domain=|expires=|max-age=|samesite=)([^=;]+)=[^;]*/gi;

/**
 * A text as it may lie on a disk: without what is a credential by its name or its looks. What was known to be secret is
 * masked before anything is shown; this takes what a server gave out that nobody asked for.
 */
export function withoutCredentials(text: string): string {
  return withoutNested(maskTokens(text))
    .replace(MEMBER, (whole, name: string, between: string, value: string, end: string) =>
      value !== '' && isSecretName(name) ? `"${name}"${between}"${MASK}${end}` : whole,
    )
    .replace(FIELD, (whole, before: string, name: string) => (isSecretName(name) ? `${before}${name}=${MASK}` : whole))
    .replace(ELEMENT, (whole, name: string, value: string) =>
      value.trim() !== '' && isSecretName(name) ? `<${name}>${MASK}</` : whole,
    )
    .replace(ATTRIBUTE, (whole, before: string, name: string, between: string) => {
      const quote = whole.slice(-1);
      return isSecretName(name) ? `${before}${name}${between}${quote}${MASK}${quote}` : whole;
    });
}

/** The same members at any depth: each text of JSON that is in another one has more backslashes before its quotes. */
function withoutNested(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const match of text.matchAll(NESTED_MEMBER)) {
    const [whole, escape = '', name = ''] = match;
    const start = match.index + whole.length;
    if (match.index < from || !isSecretName(name)) continue;
    const end = endOfNested(text, start, escape.length);
    if (end > start) kept.push(text.slice(from, start), MASK);
    from = Math.max(start, end);
  }
  return kept.length === 0 ? text : kept.join('') + text.slice(from);
}

/** Where the quote that ends a text begins, with its backslashes; one with fewer ends what the text is in. */
function endOfNested(text: string, start: number, backslashes: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let run = 0;
    while (quote - run > start && text[quote - run - 1] === '\\') run++;
    // Those of the text itself come in pairs before them.
    const own = (run - backslashes) / (backslashes + 1);
    if (own <= 0 || own % 2 === 0) return quote - Math.min(run, backslashes);
  }
  return text.length;
}

/** The value of a header as it may lie on a disk. Cookies keep their names and attributes, schemes stay. */
export function headerWithoutCredentials(name: string, value: string): string {
  if (/cookie2?$/i.test(name))
    return value.replace(COOKIE, (_, before: string, cookie: string) => `${before}${cookie}=${MASK}`);
  if (/^(?:proxy-)?authorization$/i.test(name))
    return value.replace(/^([A-Za-z][\w-]*\s+)?.+$/s, (_, scheme?: string) => `${scheme ?? ''}${MASK}`);
  return isSecretHeader(name) || looksLikeSecret(name, value) ? MASK : withoutCredentials(value);
}

/**
 * Plain JSON as it may lie on a disk: every text in it without credentials, those under a telling name masked.
 * Headers are objects with `name` and `value`.
 */
export function dataWithoutCredentials(value: unknown, name?: string): unknown {
  if (typeof value === 'string') return name !== undefined && isSecretName(name) ? MASK : withoutCredentials(value);
  if (Array.isArray(value)) return value.map((item) => dataWithoutCredentials(item, name));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  const { name: called, value: held } = members;
  return Object.fromEntries(
    Object.entries(members).map(([key, inner]) => [
      key,
      key === 'value' && typeof called === 'string' && typeof held === 'string'
        ? headerWithoutCredentials(called, held)
        : dataWithoutCredentials(inner, key),
    ]),
  );
}

import { isSecretHeader, isSecretName, looksLikeSecret, maskTokens } from '../request/secretLooks';
import { MASK } from '../secret';

/** A member of JSON with a text, a field of a form or of a query, an element of XML. */
const MEMBER = /"((?:[^"\\\n]|\\.){1,64})"(\s{0,64}:\s{0,64})"((?:[^"\\]|\\.)*)("?)/g;
const FIELD = /(^|[?&])([\w.%[\]-]{1,64})=([^&\s#"'<>]+)/gm;
const ELEMENT = /<([\w:.-]{1,64})>([^<]*)<\//g;

/** A cookie with its value, and none of its attributes. */
const COOKIE = /(^|;\s*)(?!\s|path=|domain=|expires=|max-age=|samesite=)([^=;]+)=[^;]*/gi;

/**
 * A text as it may lie on a disk: without what is a credential by its name or its looks. What was known to be secret is
 * masked before anything is shown; this takes what a server gave out that nobody asked for.
 */
export function withoutCredentials(text: string): string {
  return maskTokens(text)
    .replace(MEMBER, (whole, name: string, between: string, value: string, end: string) =>
      value !== '' && isSecretName(name) ? `"${name}"${between}"${MASK}${end}` : whole,
    )
    .replace(FIELD, (whole, before: string, name: string) => (isSecretName(name) ? `${before}${name}=${MASK}` : whole))
    .replace(ELEMENT, (whole, name: string, value: string) =>
      value.trim() !== '' && isSecretName(name) ? `<${name}>${MASK}</` : whole,
    );
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

import { replaceCredentials } from '../request/replaceCredentials';
import { isSecretHeader, isSecretName, looksLikeSecret } from '../request/secretLooks';
import { MASK } from '../secret';

/** A cookie with its value, and none of its attributes. */
const COOKIE = /(^|;\s*)(?!\s|path=|domain=|expires=|max-age=|samesite=)([^=;]+)=[^;]*/gi;

/**
 * A text as it may lie on a disk: without what is a credential by its name or its looks. What was known to be secret is
 * masked before anything is shown; this takes what a server gave out that nobody asked for.
 */
export function withoutCredentials(text: string): string {
  return replaceCredentials(text, () => MASK);
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

import { isSecretName, replaceTokens } from './secretLooks';

/** A member of JSON with a text, a field of a form, a query or a fragment, an element and an attribute of XML. */
const MEMBER = /"((?:[^"\\\n]|\\.){1,64})"(\s{0,64}:\s{0,64})"((?:[^"\\]|\\.)*)("?)/g;
const FIELD = /(^|[?&#"])([\w.%[\]-]{1,64})=([^&\s#"'<>]+)/gm;
const ELEMENT = /<([\w:.-]{1,64})>([^<]*)<\//g;
const ATTRIBUTE = /(\s)([\w:.-]{1,64})(\s{0,64}=\s{0,64})("[^"<]+"|'[^'<]+')/g;

/** Where the value of a member begins in JSON that is itself in a text of JSON, and so has its quotes escaped. */
const NESTED_MEMBER = /(?<!\\)(\\+)"([^"\\\n]{1,64})\1"\s{0,64}:\s{0,64}\1"/g;

/** What is put in the place of a credential, which stands under that name where it stands under one. */
export type PutCredential = (value: string, name: string | undefined) => string;

/** Replaces what is a credential by the name before it or by its looks, wherever it stands in a text. */
export function replaceCredentials(text: string, put: PutCredential): string {
  return replaceNested(
    replaceTokens(text, (token) => put(token, undefined)),
    put,
  )
    .replace(MEMBER, (whole, name: string, between: string, value: string, end: string) =>
      value !== '' && isSecretName(name) ? `"${name}"${between}"${put(value, name)}${end}` : whole,
    )
    .replace(FIELD, (whole, before: string, name: string, value: string) =>
      isSecretName(name) ? `${before}${name}=${put(value, name)}` : whole,
    )
    .replace(ELEMENT, (whole, name: string, value: string) =>
      value.trim() !== '' && isSecretName(name) ? `<${name}>${put(value, name)}</` : whole,
    )
    .replace(ATTRIBUTE, (whole, before: string, name: string, between: string, quoted: string) => {
      const quote = quoted.slice(-1);
      const value = quoted.slice(1, -1);
      return isSecretName(name) ? `${before}${name}${between}${quote}${put(value, name)}${quote}` : whole;
    });
}

/** The same members at any depth: each text of JSON that is in another one has more backslashes before its quotes. */
function replaceNested(text: string, put: PutCredential): string {
  const kept: string[] = [];
  let from = 0;
  for (const match of text.matchAll(NESTED_MEMBER)) {
    const [whole, escape = '', name = ''] = match;
    const start = match.index + whole.length;
    if (match.index < from || !isSecretName(name)) continue;
    const end = endOfNested(text, start, escape.length);
    if (end > start) kept.push(text.slice(from, start), put(text.slice(start, end), name));
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

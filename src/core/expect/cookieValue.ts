import type { Header } from '../ports';

/** The value that a response gives a cookie (RFC 6265 §5.2); of several the last one. */
export function cookieValue(name: string, headers: readonly Header[]): string | undefined {
  let found: string | undefined;
  for (const [header, line] of headers) {
    if (header.toLowerCase() !== 'set-cookie') continue;
    const [pair = ''] = line.split(';', 1);
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) found = unquoted(pair.slice(equals + 1).trim());
  }
  return found;
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

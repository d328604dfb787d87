/** The text in `$'…'` (POSIX.1-2024 §2.2.4), and where its closing quote is; the end of the text when it is missing. */
export interface AnsiQuoted {
  readonly text: string;
  readonly end: number;
}

const single: Readonly<Record<string, number>> = {
  ...{ a: 7, b: 8, e: 27, E: 27, f: 12, n: 10, r: 13, t: 9, v: 11 },
  ...{ '\\': 92, "'": 39, '"': 34, '?': 63 },
};

/** Reads from behind the opening quote. Escapes stand for bytes, which together are UTF-8. */
export function readAnsiQuoted(source: string, start: number): AnsiQuoted {
  const bytes: number[] = [];
  let at = start;
  while (at < source.length && source[at] !== "'") {
    if (source[at] !== '\\') {
      const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
      bytes.push(...encoder.encode(character));
      at += character.length;
      continue;
    }
    const escape = readEscape(source, at + 1);
    bytes.push(...escape.bytes);
    at = escape.end;
  }
  return { text: new TextDecoder().decode(Uint8Array.from(bytes)), end: at };
}

const encoder = new TextEncoder();

function readEscape(source: string, at: number): { readonly bytes: Iterable<number>; readonly end: number } {
  const letter = source[at];
  if (letter === undefined) return { bytes: [92], end: at };
  const code = single[letter];
  if (code !== undefined) return { bytes: [code], end: at + 1 };
  const octal = match(/[0-7]{1,3}/y, source, at);
  if (octal) return { bytes: [parseInt(octal[0], 8) & 0xff], end: at + octal[0].length };
  const hex = match(/x([0-9A-Fa-f]{1,2})/y, source, at);
  if (hex) return { bytes: [parseInt(hex[1] ?? '', 16)], end: at + hex[0].length };
  const unicode = match(/u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})/y, source, at);
  if (unicode) return readUnicode(source, at, unicode);
  const control = match(/c([@-_a-z])/y, source, at);
  if (control) return { bytes: [(control[1] ?? '').charCodeAt(0) & 0x1f], end: at + control[0].length };
  return { bytes: [92, ...encoder.encode(letter)], end: at + 1 };
}

/** Browsers write what is beyond U+FFFF as two escapes, one per UTF-16 unit. */
function readUnicode(
  source: string,
  at: number,
  found: RegExpExecArray,
): { readonly bytes: Iterable<number>; readonly end: number } {
  const code = parseInt(found[1] ?? found[2] ?? '', 16);
  const end = at + found[0].length;
  const low = code >= 0xd800 && code < 0xdc00 ? match(/\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})/y, source, end) : undefined;
  if (!low) return { bytes: encoder.encode(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)), end };
  const pair = String.fromCharCode(code, parseInt(low[1] ?? '', 16));
  return { bytes: encoder.encode(pair), end: end + low[0].length };
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}

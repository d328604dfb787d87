export type TokenKind = 'plain' | 'indent' | 'key' | 'string' | 'number' | 'literal';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const TOKEN =
  /(?<indent>^ +)|(?<key>"(?:[^"\\]|\\.)*"(?=:))|(?<string>"(?:[^"\\]|\\.)*"?)|(?<number>-?\d[\d.eE+-]*)|(?<literal>true|false|null)|(?<plain>[^"\d\-tfn]+|.)/gsy;
/** What may come after a string that began on an earlier row. */
const STRING_END = /"?,?$/;

/** Tokens of one row of pretty JSON. A row may be a piece of a line, so it may end, or begin, inside a string. */
export function jsonTokens(text: string, inString: boolean): readonly Token[] {
  if (inString) return restOfString(text);
  return [...text.matchAll(TOKEN)].map(({ 0: token, groups }) => {
    const kind = Object.keys(groups ?? {}).find((name) => groups?.[name] !== undefined) as TokenKind | undefined;
    return { kind: kind ?? 'plain', text: token };
  });
}

function restOfString(text: string): readonly Token[] {
  const end = STRING_END.exec(text)?.[0] ?? '';
  const comma = end === '",' ? ',' : '';
  const string: Token = { kind: 'string', text: text.slice(0, text.length - comma.length) };
  return comma === '' ? [string] : [string, { kind: 'plain', text: comma }];
}

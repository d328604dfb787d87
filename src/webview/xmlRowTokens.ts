import type { Token, TokenKind } from './jsonTokens';

const INSIDE = /(?<string>"[^"]*"?|'[^']*'?)|(?<end>\/?>)|(?<attribute>[^\s"'=/>]+(?=\s*=))|(?<plain>[\s=]+|.)/gsy;
const OUTSIDE = /(?<indent>^ +)|(?<quiet><!--.*?(?:-->|$)|<[?!].*?(?:>|$))|(?<tag><\/?[^\s/>]+)|(?<plain>[^<]+|.)/gsy;

const KINDS: Readonly<Record<string, TokenKind>> = {
  string: 'string',
  // Of the colours there are, one that is seen on a chosen row in every theme.
  attribute: 'number',
  end: 'key',
  tag: 'key',
  indent: 'indent',
  quiet: 'plain',
  plain: 'plain',
};

/** Tokens of one row of XML. A row may be a piece of a line, so it may begin inside of a tag. */
export function xmlRowTokens(text: string, continues: boolean): readonly Token[] {
  const tokens: Token[] = [];
  // Where a tag goes on, it ends before another one begins.
  let isInside = continues && /^[^<]*>/.test(text);
  let at = 0;
  const rest = isInside ? restOfValue(text) : '';
  if (rest !== '') tokens.push({ kind: 'string', text: rest });
  at += rest.length;
  while (at < text.length) {
    const pattern = isInside ? INSIDE : OUTSIDE;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const name = Object.keys(found?.groups ?? {}).find((each) => found?.groups?.[each] !== undefined) ?? 'plain';
    const piece = found?.[0] ?? text.slice(at);
    tokens.push({ kind: KINDS[name] ?? 'plain', text: piece });
    at += piece.length;
    if (name === 'tag') isInside = true;
    else if (name === 'end') isInside = false;
  }
  return tokens;
}

/** The end of a value that began on the row before, which leaves a quote too many in the tag. */
function restOfValue(text: string): string {
  const tag = text.slice(0, text.indexOf('>'));
  for (const quote of ['"', "'"]) {
    if (tag.split(quote).length % 2 === 0) return text.slice(0, tag.indexOf(quote) + 1);
  }
  return '';
}

/** A piece of an XML text. `other`: a comment, a processing instruction or a declaration. */
export type XmlTokenKind = 'start' | 'end' | 'empty' | 'text' | 'cdata' | 'other';

export interface XmlToken {
  readonly kind: XmlTokenKind;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts XML (or what is said to be) into pieces, for showing: entities stay as they are, and nothing is checked but that
 * every piece has an end. `undefined` is yielded, as the last, where one has none.
 */
export function* xmlTokens(text: string): Generator<XmlToken | undefined> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const start = open === -1 ? text.length : open;
    if (start > at) yield { kind: 'text', start: at, end: start };
    if (open === -1) return;
    const token = markupAt(text, open);
    yield token;
    if (!token) return;
    at = token.end;
  }
}

function markupAt(text: string, start: number): XmlToken | undefined {
  if (text.startsWith('<!--', start)) return until(text, start, '-->', 'other');
  if (text.startsWith('<![CDATA[', start)) return until(text, start, ']]>', 'cdata');
  if (text.startsWith('<?', start)) return until(text, start, '?>', 'other');
  const end = tagEnd(text, start);
  if (end === undefined) return undefined;
  if (text.startsWith('<!', start)) return { kind: 'other', start, end };
  if (text.startsWith('</', start)) return { kind: 'end', start, end };
  return { kind: text.charAt(end - 2) === '/' ? 'empty' : 'start', start, end };
}

function until(text: string, start: number, mark: string, kind: XmlTokenKind): XmlToken | undefined {
  const found = text.indexOf(mark, start + 2);
  return found === -1 ? undefined : { kind, start, end: found + mark.length };
}

const TAG_MARKS = /<!--|["'>[\]]/g;

/** After the `>` that is neither in quotes nor in the brackets, or a comment, of a document type. */
function tagEnd(text: string, start: number): number | undefined {
  let depth = 0;
  TAG_MARKS.lastIndex = start;
  for (let found = TAG_MARKS.exec(text); found; found = TAG_MARKS.exec(text)) {
    const [mark] = found;
    if (mark === '[') depth++;
    else if (mark === ']') depth--;
    else if (mark === '>') {
      if (depth <= 0) return found.index + 1;
    } else {
      const last = mark === '<!--' ? '-->' : mark;
      const close = text.indexOf(last, found.index + mark.length);
      if (close === -1) return undefined;
      TAG_MARKS.lastIndex = close + last.length;
    }
  }
  return undefined;
}

/** The name in a tag, as it is written. */
export function tagName(text: string, { start, end }: XmlToken): string {
  return /^<\/?([^\s/>]+)/.exec(text.slice(start, Math.min(end, start + 1000)))?.[1] ?? '';
}

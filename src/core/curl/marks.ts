/**
 * A text that was taken out of a command can hold values that only the shell knows (`$TOKEN`) or that belong into the
 * secret store. They are marked by noncharacters, which no text has reason to hold, until the text is written as YAML.
 */
const open = '\ufdd4';
const close = '\ufdd5';
const anyMark = /[\ufdd4\ufdd5]/g;
const marked = /\ufdd4([^\ufdd4\ufdd5]*)\ufdd5/g;

/** An expression of the request format, such as `env:TOKEN`, as part of a text. */
export function expressionMark(source: string): string {
  return `${open}${source}${close}`;
}

/** A text from outside, in which nothing is taken for a mark. */
export function withoutMarks(text: string): string {
  return text.replace(anyMark, '\ufffd');
}

export function hasMarks(text: string): boolean {
  return text.includes(open);
}

/** The expressions in a text, in order. */
export function markedSources(text: string): readonly string[] {
  return Array.from(text.matchAll(marked), ([, source = '']) => source);
}

/** Whether a text is nothing but expressions. */
export function isOnlyMarks(text: string): boolean {
  return hasMarks(text) && text.replace(marked, '') === '';
}

/** The text with other expressions in the places of those in it. */
export function withMarks(text: string, replace: (source: string) => string): string {
  return text.replace(marked, (_, source: string) => expressionMark(replace(source)));
}

/**
 * The text as the request format writes it: marks as `${…}`, a literal `${` escaped. A dollar sign directly before an
 * expression would escape it, and nothing can be put between, so the variable then stays as the shell writes it.
 */
export function templateSource(text: string): string {
  // In pieces: to look at the end of a text that is still being put together takes as long as the text is.
  const pieces: string[] = [];
  let at = 0;
  for (const found of text.matchAll(marked)) {
    const before = escaped(text.slice(at, found.index));
    const expression = found[1] ?? '';
    pieces.push(before, before.endsWith('$') ? `$${expression.replace(/^\w+:/, '')}` : `\${${expression}}`);
    at = found.index + found[0].length;
  }
  return pieces.join('') + escaped(text.slice(at));
}

function escaped(text: string): string {
  return text.replaceAll('${', () => '$${');
}

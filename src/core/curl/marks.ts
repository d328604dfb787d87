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

/**
 * The text as the request format writes it: marks as `${…}`, a literal `${` escaped. A dollar sign directly before an
 * expression would escape it, and nothing can be put between, so the variable then stays as the shell writes it.
 */
export function templateSource(text: string): string {
  let source = '';
  let at = 0;
  for (const found of text.matchAll(marked)) {
    source += escaped(text.slice(at, found.index));
    const expression = found[1] ?? '';
    source += source.endsWith('$') ? `$${expression.replace(/^\w+:/, '')}` : `\${${expression}}`;
    at = found.index + found[0].length;
  }
  return source + escaped(text.slice(at));
}

function escaped(text: string): string {
  return text.replaceAll('${', () => '$${');
}

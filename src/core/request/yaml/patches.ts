/**
 * Two slips make YAML misread everything after them: an unquoted `${x}` inside `{ }` or `[ ]`, or `{{x}}` where a value
 * starts, whose braces become maps; and a quote that is never closed. Such characters are replaced by ones that mean
 * nothing to YAML, one for one, and put back when the value is taken: one mistake, one diagnostic, and the rest of the
 * file is read as it was meant.
 */
export interface Patch {
  readonly start: number;
  readonly end: number;
}

/** A key that no file has: another of those below, with a comma that would cut it inside of braces. */
export const MARKER = '\ufdd4,\ufdd4';

/** Noncharacters, which no text has reason to hold. */
const STAND_INS: Readonly<Record<string, string>> = { '{': '\ufdd0', '}': '\ufdd1', '"': '\ufdd2', "'": '\ufdd3' };
const ORIGINALS = Object.fromEntries(Object.entries(STAND_INS).map(([original, standIn]) => [standIn, original]));
const ANY_STAND_IN = /[\ufdd0-\ufdd3]/g;

/** The expression whose opening brace is the lexeme at `offset`, when it is one that YAML will misread. */
export function unquotedBraces(text: string, offset: number, previousLexeme: string): Patch | undefined {
  if (text[offset + 1] === '{') return match(/\{\{[^{}\n]*\}\}/y, text, offset);
  // Directly after a scalar that ends with a dollar sign.
  return previousLexeme.endsWith('$') ? match(/\{[^{}\n]*\}/y, text, offset) : undefined;
}

function match(pattern: RegExp, text: string, offset: number): Patch | undefined {
  pattern.lastIndex = offset;
  const found = pattern.exec(text);
  return found ? { start: offset, end: offset + found[0].length } : undefined;
}

/**
 * Whether a quoted lexeme ends without its closing quote: at the end of the text, or before a line that is indented too
 * little to belong to it.
 */
export function isUnclosed(lexeme: string): boolean {
  const quote = lexeme.charAt(0);
  if (lexeme.length < 2 || !lexeme.endsWith(quote)) return true;
  // The last quote does not count when it is escaped: by an odd number of backslashes, or as the second of a pair.
  const escape = quote === '"' ? '\\' : "'";
  let escapes = 0;
  while (escapes < lexeme.length - 2 && lexeme[lexeme.length - 2 - escapes] === escape) escapes++;
  return escapes % 2 === 1;
}

/** The text, as long as before, with what the patches cover made harmless. */
export function applyPatches(text: string, patches: readonly Patch[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of patches) {
    pieces.push(
      text.slice(at, start),
      text.slice(start, end).replace(/[{}"']/g, (char) => STAND_INS[char] ?? char),
    );
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

export function hasPatches(text: string): boolean {
  return text.search(ANY_STAND_IN) >= 0;
}

/** Whether a text holds what only we put into texts. */
export function hasReserved(text: string): boolean {
  return /[\ufdd0-\ufdd4]/.test(text);
}

/** Whether a value holds braces that had to be patched, rather than a quote. */
export function hasPatchedBraces(value: string): boolean {
  return value.includes('\ufdd0');
}

/** The text as it was written. */
export function restore(text: string): string {
  return text.replace(ANY_STAND_IN, (char) => ORIGINALS[char] ?? char);
}

import { withoutMarks } from './marks';
import type { ShellWords } from './shellWords';

/** Whether a command line was written for the Windows command prompt, as browsers offer it beside the one for bash. */
export function isCmdLine(line: string): boolean {
  return /(?:^|\s)\^"|\^[ \t]*\r?\n/.test(line) && !/(?:^|\s)\$?'/.test(line);
}

/** Stands for a backslash that is one whatever follows it. */
const backslash = '\ufdd6';

/**
 * Splits a command line as cmd.exe and the C runtime of Windows do, one after the other. Browsers double every
 * backslash, although the runtime halves them before a quote only; here they are what was meant.
 */
export function cmdWords(line: string): ShellWords {
  const plain = withoutMarks(line).replaceAll(backslash, '\ufffd').replaceAll('^\\^\\', backslash);
  const { text, more } = withoutCarets(plain);
  const words = argumentsOf(text).map((word) => word.replaceAll(backslash, '\\'));
  return { words, input: undefined, left: more ? ['moreCommands'] : [] };
}

/** What cmd.exe hands over: carets escape outside of its own quotes, an operator or a line break ends the command. */
function withoutCarets(line: string): { readonly text: string; readonly more: boolean } {
  let text = '';
  let quoted = false;
  let at = 0;
  for (; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '^' && !quoted) {
      const lineBreak = /^\^[ \t]*\r?\n(\r?\n)?/.exec(line.slice(at, at + 80));
      // The character behind an escaped line break is literal; that is how a line break itself is written.
      if (lineBreak) at += lineBreak[0].length - 1;
      else at++;
      if (!lineBreak) text += line.charAt(at);
      else if (lineBreak[1] !== undefined) text += '\n';
      continue;
    }
    if (character === '"') quoted = !quoted;
    if (!quoted && /[\r\n&|<>]/.test(character)) break;
    text += character;
  }
  return { text, more: line.slice(at).replace(/^[\s&|<>]+/, '') !== '' };
}

/** The rules of the C runtime: backslashes count before a quote only, two quotes inside of quotes are one. */
function argumentsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < text.length;) {
    const slashes = /^\\*/.exec(text.slice(at))?.[0].length ?? 0;
    const character = text.charAt(at + slashes);
    if (slashes > 0 && character !== '"') {
      word = (word ?? '') + '\\'.repeat(slashes);
      at += slashes;
    } else if (character === '"') {
      word = (word ?? '') + '\\'.repeat(slashes >> 1);
      at += slashes + 1;
      if (slashes % 2 === 1) word += '"';
      else if (quoted && text[at] === '"') {
        word += '"';
        at++;
      } else quoted = !quoted;
    } else if (!quoted && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      word = (word ?? '') + character;
      at++;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

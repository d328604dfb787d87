import { readAnsiQuoted } from './ansiQuote';
import { expressionMark, withoutMarks } from './marks';

/** The first command of a line, without the shell around it. */
export interface ShellWords {
  /** With quotes and escapes taken away; variables are marked as `env:NAME`. */
  readonly words: readonly string[];
  /** What a here-document gives the command to read. */
  readonly input: string | undefined;
  /** What of the shell has no meaning outside of it. */
  readonly left: readonly ShellLeftover[];
}

export type ShellLeftover = 'moreCommands' | 'redirection' | 'substitution' | 'unclosedQuote';

/** Splits a command line as a POSIX shell does (POSIX.1-2024 §2), with the `$'…'` that browsers write. */
export function shellWords(line: string): ShellWords {
  return new ShellReader(withoutMarks(line)).read();
}

class ShellReader {
  readonly #text: string;
  readonly #words: string[] = [];
  readonly #left = new Set<ShellLeftover>();
  #at = 0;
  /** `undefined` between words; a quoted nothing is a word, too. */
  #word: string | undefined;
  #hereDocument: string | undefined;
  #input: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellWords {
    while (this.#at < this.#text.length && this.#step());
    this.#endWord();
    return { words: this.#words, input: this.#input, left: [...this.#left] };
  }

  /** @returns whether the command goes on. */
  #step(): boolean {
    const character = this.#text.charAt(this.#at);
    if (this.#skip(/[ \t]+/y)) this.#endWord();
    else if (this.#skip(/[\\`]\r?\n[ \t]*/y)) {
      // A line goes on, in PowerShell after a backtick. What was a word has mostly ended before.
    } else if (character === '#' && this.#word === undefined) this.#skip(/[^\n]*/y);
    else if (/[\r\n;&|()]/.test(character)) return this.#endOfCommand();
    else if (/[<>]/.test(character)) this.#redirection();
    else this.#piece(character);
    return true;
  }

  #piece(character: string): void {
    if (character === '\\') this.#add(this.#take(2).slice(1));
    else if (character === "'") this.#singleQuoted();
    else if (character === '"') this.#doubleQuoted();
    else if (character === '$' && this.#text[this.#at + 1] === "'") {
      const { text, end } = readAnsiQuoted(this.#text, this.#at + 2);
      this.#add(withoutMarks(text));
      this.#close(end);
    } else if (character === '$' && this.#text[this.#at + 1] === '"') this.#at++;
    else if (character === '$' || character === '`') this.#dollar();
    else this.#add(this.#take(1));
  }

  #singleQuoted(): void {
    const end = this.#indexOf("'", this.#at + 1);
    this.#add(this.#text.slice(this.#at + 1, end));
    this.#close(end);
  }

  #doubleQuoted(): void {
    this.#add('');
    this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      const character = this.#text.charAt(this.#at);
      if (this.#skip(/\\\r?\n/y)) continue;
      if (character === '\\' && /["$`\\]/.test(this.#text.charAt(this.#at + 1))) this.#add(this.#take(2).slice(1));
      else if (character === '$' || character === '`') this.#dollar();
      else this.#add(this.#take(1));
    }
    this.#close(this.#at);
  }

  /** A variable becomes one of the environment. What a command would print is not known: it stays as written. */
  #dollar(): void {
    const variable = this.#match(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y);
    if (variable) {
      this.#add(expressionMark(`env:${variable[1] ?? variable[2] ?? ''}`));
      this.#at += variable[0].length;
      return;
    }
    const command = this.#match(/\$\([^()]*\)|`[^`]*`/y);
    if (command || /^(?:\$[({]|`)/.test(this.#text.slice(this.#at, this.#at + 2))) this.#left.add('substitution');
    this.#add(this.#take(command?.[0].length ?? 1));
  }

  #redirection(): void {
    // A number directly before it says which stream.
    if (this.#word !== undefined && /^\d$/.test(this.#word)) this.#word = undefined;
    this.#endWord();
    const here = this.#match(/<<-?[ \t]*(['"]?)([A-Za-z_]\w*)\1/y);
    if (here) {
      this.#hereDocument = here[2];
      this.#at += here[0].length;
      return;
    }
    this.#left.add('redirection');
    this.#skip(/[<>]+&?[ \t]*(?:"[^"]*"|'[^']*'|[^\s;&|<>]*)/y);
  }

  #endOfCommand(): boolean {
    this.#endWord();
    if (this.#hereDocument !== undefined) this.#readInput(this.#hereDocument);
    const rest = this.#text.slice(this.#at).replace(/^[\s;&|()]+/, '');
    if (rest !== '') this.#left.add('moreCommands');
    return false;
  }

  #readInput(delimiter: string): void {
    const lines = this.#text
      .slice(this.#at)
      .replace(/^[^\n]*\n/, '')
      .split(/\r?\n/);
    const end = lines.findIndex((line) => line.replace(/^\t+/, '') === delimiter);
    this.#input = lines.slice(0, end < 0 ? lines.length : end).join('\n');
    this.#at = end < 0 ? this.#text.length : this.#text.length - lines.slice(end + 1).join('\n').length;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  #close(quote: number): void {
    if (quote >= this.#text.length) this.#left.add('unclosedQuote');
    this.#at = quote + 1;
  }

  #indexOf(text: string, from: number): number {
    const found = this.#text.indexOf(text, from);
    return found < 0 ? this.#text.length : found;
  }

  #take(length: number): string {
    const taken = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #skip(pattern: RegExp): boolean {
    const found = this.#match(pattern);
    this.#at += found?.[0].length ?? 0;
    return found !== undefined && found[0] !== '';
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }
}

import { largeRequestFile } from '../helpers/largeRequestFile';

/** A way in which people change a request file. */
export interface LanguageEdit {
  readonly name: string;
  /** The text after the change; another number makes it in another place. */
  apply(text: string, round: number): string;
}

/** A place that differs from round to round, and is spread over the text. */
function somewhere(text: string, round: number): number {
  return Math.floor((((round * 37) % 97) / 100) * text.length);
}

/** Behind the next occurrence of a piece, or the first when there is none. */
function after(text: string, piece: string, from: number): number {
  const found = text.indexOf(piece, from);
  return (found < 0 ? text.indexOf(piece) : found) + piece.length;
}

function insert(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

const pasted = largeRequestFile(10).split('requests:\n')[1] ?? '';

export const languageEdits: readonly LanguageEdit[] = [
  {
    name: 'one character',
    apply: (text, round) => insert(text, after(text, '/customers/', somewhere(text, round)), 'x'),
  },
  {
    name: 'a new line',
    apply: (text, round) => insert(text, after(text, '    expect:', somewhere(text, round)) - 11, '    timeout: 5s\n'),
  },
  {
    name: 'a name changed',
    apply: (text, round) => insert(text, after(text, '\n  request', somewhere(text, round)), 'X'),
  },
  {
    name: 'ten requests pasted',
    apply: (text, round) =>
      insert(
        text,
        after(text, '\n  request', somewhere(text, round)) - '  request'.length,
        pasted.replaceAll('request', `pasted${round}n`),
      ),
  },
  {
    name: 'one character at the top',
    apply: (text) => insert(text, after(text, '  status: ', 0), 'x'),
  },
];

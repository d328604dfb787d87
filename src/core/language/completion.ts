import type { TextRange } from '../request/diagnostic';

export type CompletionKind =
  | 'key'
  | 'value'
  | 'variable'
  | 'request'
  | 'capture'
  | 'connection'
  | 'source'
  | 'filter'
  | 'file'
  | 'folder'
  | 'snippet';

/** One thing that can be put in at a cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line beside the label. */
  readonly detail?: string | undefined;
  /** Sentences for the side. */
  readonly docs?: string | undefined;
  /**
   * What is put in: a snippet in the syntax of VS Code, whose further lines are indented relative to the line of the
   * cursor.
   */
  readonly insert: string;
  /** What is replaced: on one line, around the cursor. */
  readonly range: TextRange;
  /** What is compared with the text from the start of the range to the cursor; the label if absent. */
  readonly filter?: string | undefined;
  /** Order among all: smaller first; 5 if absent. */
  readonly rank?: number;
  /** There is more to choose right after it. */
  readonly more?: boolean;
}

/** A text in a snippet that stands for itself. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, (character) => `\\${character}`);
}

/** A text in a choice of a snippet. */
export function snippetChoice(texts: readonly string[]): string {
  return `\${1|${texts.map((text) => text.replace(/[\\$},|]/g, (character) => `\\${character}`)).join(',')}|}`;
}

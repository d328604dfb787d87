/** Names the file that the window leaves its figures in. */
export const languageResultVariable = 'LATCHKEY_LANGUAGE_RESULT';
/** The benchmark file, in the folder that the window opens. */
export const languageFile = 'large.http.yaml';

/** The same text, for providers that only answer. */
export const floorFile = 'floor.txt';

export interface LanguageResult {
  readonly ours: LanguageFigures;
  /** What VS Code itself takes. */
  readonly floor: LanguageFigures;
}

/** Milliseconds. */
export interface LanguageFigures {
  /** From showing the file to its first diagnostics. */
  readonly first: readonly number[];
  /** From an edit to the diagnostics of the new text. */
  readonly diagnostics: readonly number[];
  /** From asking for the lenses right after an edit to having them. */
  readonly lenses: readonly number[];
  /** From asking right after an edit to the answer. */
  readonly completion: readonly number[];
  readonly symbols: readonly number[];
  readonly links: readonly number[];
  readonly tokens: readonly number[];
  /** The longest block of the extension host's event loop after each key. */
  readonly stalls: readonly number[];
}

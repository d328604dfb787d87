/** One setting: a name, and a value in quotes (which may span lines) or up to the end of the line or a comment. */
const SETTING =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\[^])*)"|`([^`]*)`|([^\r\n#]*(?:(?<![ \t])#[^\r\n#]*)*))?/gm;

/**
 * The settings of a `.env` file, as the common libraries read them: in double quotes `\n`, `\r`, `\t`, `\"` and `\\`
 * are escapes, elsewhere nothing is; nothing is expanded. The last of a name counts. Never throws.
 */
export function parseDotEnv(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const [, name = '', single, double, backtick, bare] of text.matchAll(SETTING)) {
    settings.set(name, single ?? backtick ?? (double === undefined ? (bare ?? '').trim() : unescaped(double)));
  }
  return settings;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\])/g, (_match, letter: string) => ESCAPES[letter] ?? letter);
}

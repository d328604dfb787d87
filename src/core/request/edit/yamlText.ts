/** Texts that YAML or the rules of request files would take for something else. */
const special = /^(?:true|false|null|yes|no|on|off|~|-?[\d.].*)$/i;

/**
 * A text as a YAML scalar that is read back as just that text, in block and in flow style, with nothing in it that is
 * expanded: `${` is escaped. What could be misread in any way is quoted.
 */
export function literalText(text: string): string {
  const escaped = text.replaceAll('${', () => '$${');
  return isPlain(escaped) ? escaped : quoted(escaped);
}

/** A name as a YAML key. Keys are never expanded. */
export function keyText(name: string): string {
  return isPlain(name) ? name : quoted(name);
}

/** A list in flow style. */
export function listText(texts: readonly string[]): string {
  return `[${texts.map(literalText).join(', ')}]`;
}

function isPlain(text: string): boolean {
  return /^\w[\w./+@-]*(?:\w|:\/\/[\w.~/+@-]*(?::\d+)?[\w.~/+@-]*)?$/.test(text) && !special.test(text);
}

/** JSON, which YAML's double quotes can hold, kept to ASCII so that no reader stumbles over it. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Where a scalar stands: in `{ }` and `[ ]` more characters mean something. */
export type ScalarPlace = 'block' | 'flow';

/**
 * A text as a YAML scalar on one line that is read back as just that text, plain where that is safe. `${…}` in it
 * stays as it is.
 */
export function scalarText(text: string, place: ScalarPlace): string {
  if (isPlain(text) || (place === 'block' && isPlainInBlock(text))) return text;
  return quotedText(text);
}

/** Like {@link scalarText}, or as a block of lines where the text has several; `indent` is that of the lines. */
export function scalarLines(text: string, indent: string): readonly string[] {
  if (!isBlockable(text)) return [scalarText(text, 'block')];
  const lines = text.split('\n');
  const ends = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  if (ends > 0) lines.pop();
  return [`|${chomp}`, ...lines.map((line) => (line === '' ? '' : indent + line))];
}

/** Several lines that begin with text, hold nothing that would have to be escaped, and do not end with blanks. */
function isBlockable(text: string): boolean {
  return (
    /^[^\s]/.test(text) &&
    text.includes('\n') &&
    !/[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc]|\u2028|\u2029|\ufeff/.test(text)
  );
}

/** Printable, not taken for a comment, a key, an anchor or anything else that is not text. */
function isPlainInBlock(text: string): boolean {
  if (/^\d+(?:ms|[smh%])$/.test(text)) return true;
  if ((special.test(text) && !/^\.{1,2}\//.test(text)) || /[^\x20-\x7e\p{L}\p{M}\p{N}]/u.test(text)) return false;
  return /^(?:[\p{L}_/]|\.{1,2}\/|\${1,2}\{)/u.test(text) && !/\s$|:$|: | #|\{\{/.test(text);
}

/** Double quotes as JSON has them; what is beyond ASCII and can be read stays readable. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]/gu, (character) =>
    Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** A name (see `isName`) as a key or a value, plain where YAML takes it for text. */
export function nameText(name: string): string {
  return /^[^-]/.test(name) && !special.test(name) ? name : `"${name}"`;
}

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

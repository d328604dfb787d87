/** Longest text of a server that is shown. */
const limit = 300;

/**
 * Text that a server sent (`error_description`, a name), made fit to be shown: control and direction-changing
 * characters are gone, Markdown links and command links are taken apart, since notifications render them.
 */
export function plainServerText(text: string): string {
  const plain = printableText(text, text.length)
    .replace(/\](?=[([])/g, '] ')
    .replace(/\bcommand:/gi, 'command :')
    .trim();
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain;
}

/**
 * Text of a server for a place that shows it as it is: without control and direction-changing characters, on one line,
 * and cut off after `most` characters.
 */
export function printableText(text: string, most: number): string {
  const plain = text
    .slice(0, most * 2)
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}

/** The reason that a server gave, or a phrase that says there was none; fills `{description}`. */
export function describedAs(description: string | null | undefined): string {
  const plain = plainServerText(description ?? '');
  return plain === '' ? 'no reason was given' : plain;
}

/**
 * Text on one line, with nothing left out: what a file says must not look like further lines of a dialog, push them
 * out of sight, or change the direction in which they are read.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ');
}

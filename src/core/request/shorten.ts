/** Text from a file as it is quoted in a message: one line, not longer than a line. */
export function shorten(text: string, length = 80): string {
  const line = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return line.replace(/\s+/g, ' ');
}

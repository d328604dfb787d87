/**
 * A line of text as lines of at most `width` characters, broken at spaces; further lines begin with `indent`. A word
 * that is longer stays whole.
 */
export function wrapped(line: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > width) {
      lines.push(current);
      current = indent + word;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}

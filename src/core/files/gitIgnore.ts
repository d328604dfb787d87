/**
 * Whether a `.gitignore` leaves a file out, by the rules of gitignore(5): the last line that matches counts.
 * `undefined`: no line says anything about it.
 * @param path relative to the folder of the `.gitignore`, with `/` between its parts.
 */
export function isIgnored(gitIgnore: string, path: string): boolean | undefined {
  let ignored: boolean | undefined;
  for (const line of gitIgnore.split(/\r?\n/)) {
    const rule = line.replace(/(?<!\\)\s+$/, '');
    if (rule === '' || rule.startsWith('#')) continue;
    const isNegated = rule.startsWith('!');
    if (matches(isNegated ? rule.slice(1) : rule, path)) ignored = !isNegated;
  }
  return ignored;
}

/** A folder that is left out takes everything in it along. */
function matches(rule: string, path: string): boolean {
  const isAnchored = rule.replace(/\/$/, '').includes('/');
  const pattern = rule.replace(/^\//, '').replace(/\/$/, '');
  const head = isAnchored ? '^' : '(?:^|/)';
  // Only what is a folder can be meant by a slash at the end.
  const tail = rule.endsWith('/') ? '/' : '(?:/|$)';
  return new RegExp(head + globSource(pattern) + tail, 'u').test(path);
}

function globSource(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*|\*\*|\*|\?|\\.|[.+^${}()|[\]\\/-]/gu, (piece) => {
    if (piece === '**/') return '(?:.*/)?';
    if (piece === '/**') return '/.*';
    if (piece === '**') return '.*';
    if (piece === '*') return '[^/]*';
    if (piece === '?') return '[^/]';
    const character = piece.startsWith('\\') && piece.length > 1 ? piece.slice(1) : piece;
    return character.replace(/[.+^${}()|[\]\\*?/-]/u, '\\$&');
  });
}

/** The text with a line for each name, which an empty file and one without a last line break take well. */
export function withIgnored(gitIgnore: string, names: readonly string[]): string {
  const eol = gitIgnore.includes('\r\n') ? '\r\n' : '\n';
  const start = gitIgnore === '' || gitIgnore.endsWith('\n') ? '' : eol;
  return start + names.map((name) => name + eol).join('');
}

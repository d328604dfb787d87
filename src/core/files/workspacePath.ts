import { LatchkeyError } from '../errors';

/**
 * Where a path of a project file leads, relative to the workspace folder and with `/` between its parts.
 * @param directory folder of the project file, relative to the workspace folder; empty: that folder itself.
 * @throws LatchkeyError `file.outside` or `file.forbidden`.
 */
export function workspacePath(directory: string, path: string): string {
  // A colon is a drive, a scheme or a stream of Windows; a backslash is a separator there and a name elsewhere.
  if (path === '' || /^[/~]|[\\:\0]/.test(path)) throw new LatchkeyError('file.outside', { file: path });
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw new LatchkeyError('file.outside', { file: path });
  }
  if (parts.length === 0) throw new LatchkeyError('file.outside', { file: path });
  if (isForbidden(parts)) throw new LatchkeyError('file.forbidden', { file: path });
  return parts.join('/');
}

/**
 * Whether a path could lead to a file that may be read, from a folder that is not known: how far up it may go cannot
 * be told then.
 * @throws LatchkeyError `file.outside` or `file.forbidden`.
 */
export function checkPath(path: string): void {
  workspacePath('', path.replace(/^(?:\.\.?\/)+/, ''));
}

/** Whether a file is never read as one that a project file names: what is in it was not meant for that. */
export function isForbidden(parts: readonly string[]): boolean {
  // Windows takes no notice of case and of dots and spaces at the end.
  const names = parts.map((part) => part.toLowerCase().replace(/[. ]+$/, ''));
  const last = names.at(-1) ?? '';
  return names.includes('.git') || last.startsWith('.env') || last === 'latchkey.local.yaml';
}

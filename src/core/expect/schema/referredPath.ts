import { workspacePath } from '../../files/workspacePath';
import { shorten } from '../../request/shorten';
import { SchemaProblem } from './schemaProblem';

/**
 * The file that a reference leads to, relative to the workspace folder.
 * @param directory of the file that it stands in.
 * @throws SchemaProblem; LatchkeyError when it lies outside.
 */
export function referredPath(reference: string, directory: string): string {
  const [file = ''] = reference.split('#', 1);
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(file)) {
    throw new SchemaProblem(`it refers to ${shorten(file)}, and only files of the workspace folder are read`);
  }
  if (file === '') throw new SchemaProblem(`there is nothing at ${shorten(reference)}`);
  return workspacePath(directory, decodeURIComponent(file));
}

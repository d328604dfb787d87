import { isErrorCode } from '../errors';
import { workspacePath } from '../files/workspacePath';
import type { TextRange } from './diagnostic';
import type { Reporter } from './reporter';
import { shorten } from './shorten';

/**
 * A file of a project file by its path in the workspace folder, where it is found again from every project file. Reports
 * one that is never read.
 * @param directory folder of the project file; `undefined`: not known, so the path stays as it is.
 */
export function sourcePath(directory: string | undefined, path: string, range: TextRange, reporter: Reporter): string {
  if (directory === undefined) return path;
  try {
    return workspacePath(directory, path);
  } catch (error) {
    const code = isErrorCode(error, 'file.forbidden') ? 'connection.fileForbidden' : 'connection.fileOutside';
    reporter.error(code, range, { file: shorten(path) });
    return path;
  }
}

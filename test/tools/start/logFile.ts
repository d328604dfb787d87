import * as path from 'node:path';
import { repositoryRoot } from '../../helpers/repository';

/** Where what `npm start` starts writes its output. */
export function logFile(name: string): string {
  return path.join(repositoryRoot, 'out', 'start', 'logs', `${name}.log`);
}

import * as path from 'node:path';
import { BodyFilters } from '../../src/node/body/bodyFilters';
import { repositoryRoot } from './repository';

/** Filters in the thread that the extension uses; it keeps no test waiting. */
export const testFilter = new BodyFilters(path.join(repositoryRoot, 'dist', 'filterWorker.js'));

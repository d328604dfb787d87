import * as path from 'node:path';
import { JsonFilters } from '../../src/node/body/jsonFilters';
import { repositoryRoot } from './repository';

/** Filters in the thread that the extension uses; it keeps no test waiting. */
export const testFilter = new JsonFilters(path.join(repositoryRoot, 'dist', 'filterWorker.js'));

import * as path from 'node:path';
import { repositoryRoot } from '../../helpers/repository';

/** Where a test run puts the packaged extension, and journeys find it. */
export const testedVsix = path.join(repositoryRoot, 'out', 'latchkey.vsix');

import { features } from '../../conformance/features';
import { featureTables } from '../../conformance/featureTables';
import { requirementGroups } from '../../conformance/requirements';
import type { Conformance } from './conformancePage';
import { taggedTests } from './taggedTests';

/** The data of the checkout at `root`, and the tests that its sources hold now. */
export function readConformance(root: string): Conformance {
  return { requirements: requirementGroups, features, tables: featureTables, tests: taggedTests(root, 'test') };
}

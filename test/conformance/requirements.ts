import { authorizationRequests } from './authorizationRequests';
import { mixUp, redirectReceivers } from './redirectReceivers';
import type { RequirementGroup } from './requirement';
import { tokenEndpoint } from './tokenEndpoint';
import { tokenUse } from './tokenUse';

/** What Latchkey is held to as a native OAuth client, in the order of the page. */
export const requirementGroups: readonly RequirementGroup[] = [
  authorizationRequests,
  redirectReceivers,
  mixUp,
  tokenEndpoint,
  tokenUse,
];

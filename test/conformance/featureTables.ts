import { authlib } from './authlib';
import type { FeatureTable } from './feature';
import { oauthlib } from './oauthlib';
import { otherTools } from './otherTools';
import { complianceFixes, requestsOauthlib } from './requestsOauthlib';

/** What people bring along from other libraries and tools, in the order of the page. */
export const featureTables: readonly FeatureTable[] = [
  requestsOauthlib,
  complianceFixes,
  oauthlib,
  authlib,
  otherTools,
];

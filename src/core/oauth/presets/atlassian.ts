import { preset } from './preset';

const guide = 'https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/';

export const atlassian = preset(
  'Atlassian',
  {
    endpoints: {
      authorization: 'https://auth.atlassian.com/authorize',
      token: 'https://auth.atlassian.com/oauth/token',
      userinfo: 'https://api.atlassian.com/me',
    },
    origins: ['https://api.atlassian.com'],
    publicClients: false,
    clientAuth: 'post',
    authorizationRequest: { prompts: { always: ['consent'] } },
    parameters: { authorize: { audience: 'api.atlassian.com' } },
    userinfo: { subject: 'account_id', name: ['email', 'name'] },
    redirect: { loopback: 'exactPort', notes: ['One callback URL an app.'] },
    register: { url: 'https://developer.atlassian.com/console/myapps/', as: 'an OAuth 2.0 (3LO) integration' },
    refresh:
      'Access tokens live an hour. A refresh token takes the scope `offline_access`; each refresh gives a new one, and the old one dies.',
    oddities: [
      'The API of a site is at `https://api.atlassian.com/ex/jira/{cloudId}`; `/oauth/token/accessible-resources` lists the ids.',
      'The name of the account takes the scope `read:me`.',
    ],
  },
  {
    endpoints: [guide, 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/atlassian.ts'],
    origins: guide,
    publicClients: guide,
    clientAuth: guide,
    authorizationRequest: guide,
    parameters: guide,
    userinfo: 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/atlassian.ts',
    redirect: guide,
    register: guide,
    refresh: guide,
    oddities: [guide, 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/atlassian.ts'],
  },
);

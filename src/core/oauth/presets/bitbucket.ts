import { preset } from './preset';

const guide = 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/';
const cli = 'https://github.com/avivsinai/bitbucket-cli/issues/136';
const nextAuth = 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/bitbucket.ts';

export const bitbucket = preset(
  'Bitbucket Cloud',
  {
    endpoints: {
      authorization: 'https://bitbucket.org/site/oauth2/authorize',
      token: 'https://bitbucket.org/site/oauth2/access_token',
      userinfo: 'https://api.bitbucket.org/2.0/user',
    },
    origins: ['https://api.bitbucket.org'],
    publicClients: false,
    clientAuth: 'basic',
    userinfo: { subject: 'account_id', name: ['display_name', 'username'] },
    redirect: {
      notes: ['http on the own machine works; the address of a request may extend the registered callback URL.'],
    },
    register: {
      url: 'https://bitbucket.org/account/workspaces/',
      as: 'in the settings of a workspace, an OAuth consumer',
    },
    refresh: 'Access tokens live two hours and come with a refresh token.',
    oddities: ['The scopes are those of the consumer.', 'The name of the account takes the scope `account`.'],
  },
  {
    endpoints: [guide, nextAuth],
    origins: 'https://developer.atlassian.com/cloud/bitbucket/rest/intro/',
    publicClients: cli,
    clientAuth: guide,
    userinfo: nextAuth,
    redirect: [guide, cli],
    register: guide,
    refresh: guide,
    oddities: [guide, nextAuth],
  },
);

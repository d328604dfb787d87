import { preset } from './preset';

const wiki = 'https://github.com/reddit-archive/reddit/wiki/OAuth2';

export const reddit = preset(
  'Reddit',
  {
    endpoints: {
      authorization: 'https://www.reddit.com/api/v1/authorize',
      token: 'https://www.reddit.com/api/v1/access_token',
      revocation: 'https://www.reddit.com/api/v1/revoke_token',
      userinfo: 'https://oauth.reddit.com/api/v1/me',
    },
    origins: ['https://oauth.reddit.com'],
    publicClients: true,
    clientAuth: 'basic',
    tokenRequest: { emptySecret: true },
    parameters: { authorize: { duration: 'permanent' } },
    userinfo: { subject: 'id', name: ['name'] },
    register: { url: 'https://www.reddit.com/prefs/apps', as: 'an “installed app”, which has no secret' },
    refresh: 'Access tokens live an hour. A refresh token takes `duration=permanent`.',
    oddities: [
      'A client without a secret authenticates with Basic and an empty one.',
      'Requests without a User-Agent of their own are refused; Latchkey sends one.',
      'The name of the account takes the scope `identity`.',
    ],
  },
  {
    endpoints: [wiki, 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/reddit.ts'],
    origins: wiki,
    publicClients: wiki,
    clientAuth: wiki,
    tokenRequest: wiki,
    parameters: wiki,
    userinfo: 'https://github.com/SocialiteProviders/Providers/blob/master/src/Reddit/Provider.php',
    register: wiki,
    refresh: wiki,
    oddities: [wiki, 'https://github.com/reddit-archive/reddit/wiki/API'],
  },
);

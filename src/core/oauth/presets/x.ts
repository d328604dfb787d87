import { preset } from './preset';

const guide = 'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code';

export const x = preset(
  'X',
  {
    endpoints: {
      authorization: 'https://x.com/i/oauth2/authorize',
      token: 'https://api.x.com/2/oauth2/token',
      revocation: 'https://api.x.com/2/oauth2/revoke',
      userinfo: 'https://api.x.com/2/users/me',
    },
    origins: ['https://api.x.com'],
    pkce: 'required',
    publicClients: true,
    clientAuth: 'basic',
    userinfo: { subject: 'data.id', name: ['data.username'] },
    register: {
      url: 'https://developer.x.com/en/portal/dashboard',
      as: 'an app; “Native App” is the type without a secret',
    },
    refresh: 'Access tokens live two hours. A refresh token takes the scope `offline.access`.',
    oddities: ['The name of the account takes the scopes `users.read` and `tweet.read`.'],
  },
  {
    endpoints: [guide, 'https://docs.x.com/x-api/users/user-lookup-me'],
    origins: 'https://docs.x.com/x-api/introduction',
    pkce: guide,
    publicClients: guide,
    clientAuth: guide,
    userinfo: 'https://docs.x.com/x-api/users/user-lookup-me',
    register: guide,
    refresh: guide,
    oddities: 'https://docs.x.com/fundamentals/authentication/guides/v2-authentication-mapping',
  },
);

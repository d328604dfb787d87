import { preset } from './preset';

const guide = 'https://developer.box.com/guides/authentication/oauth2/';
const tokens = 'https://developer.box.com/guides/authentication/tokens/refresh/';

export const box = preset(
  'Box',
  {
    endpoints: {
      authorization: 'https://account.box.com/api/oauth2/authorize',
      token: 'https://api.box.com/oauth2/token',
      revocation: 'https://api.box.com/oauth2/revoke',
      userinfo: 'https://api.box.com/2.0/users/me',
    },
    origins: ['https://api.box.com', 'https://upload.box.com'],
    clientAuth: 'post',
    userinfo: { subject: 'id', name: ['login', 'name'] },
    register: {
      url: 'https://app.box.com/developers/console',
      as: 'a custom app with user authentication (OAuth 2.0)',
    },
    refresh: 'Access tokens live an hour. A refresh token can be used once, within 60 days.',
    oddities: ['An authorization code is good for 30 seconds.'],
  },
  {
    endpoints: [guide, 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/box.ts'],
    origins: 'https://developer.box.com/guides/api-calls/',
    clientAuth: guide,
    userinfo: 'https://developer.box.com/reference/get-users-me/',
    register: guide,
    refresh: tokens,
    oddities: guide,
  },
);

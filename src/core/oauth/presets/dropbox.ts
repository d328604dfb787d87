import { preset } from './preset';

const guide = 'https://developers.dropbox.com/oauth-guide';
const api = 'https://www.dropbox.com/developers/documentation/http/documentation';

export const dropbox = preset(
  'Dropbox',
  {
    endpoints: {
      authorization: 'https://www.dropbox.com/oauth2/authorize',
      token: 'https://api.dropboxapi.com/oauth2/token',
      userinfo: 'https://api.dropboxapi.com/2/users/get_current_account',
    },
    origins: ['https://api.dropboxapi.com', 'https://content.dropboxapi.com'],
    pkce: 'supported',
    publicClients: true,
    parameters: { authorize: { token_access_type: 'offline' } },
    userinfo: { method: 'POST', subject: 'account_id', name: ['email', 'name.display_name'] },
    register: { url: 'https://www.dropbox.com/developers/apps', as: 'an app with scoped access' },
    refresh:
      'Access tokens live some hours. A refresh token takes `token_access_type=offline`; it does not expire, and PKCE clients need no secret to use it.',
    oddities: ['Tokens are revoked with `POST /2/auth/token/revoke`, not by RFC 7009.'],
  },
  {
    endpoints: [guide, api],
    origins: api,
    pkce: guide,
    publicClients: guide,
    parameters: guide,
    userinfo: api,
    register: guide,
    refresh: guide,
    oddities: api,
  },
);

import { preset } from './preset';

const guide = 'https://developers.asana.com/docs/oauth';
const socialite = 'https://github.com/SocialiteProviders/Providers/blob/master/src/Asana/Provider.php';

export const asana = preset(
  'Asana',
  {
    endpoints: {
      authorization: 'https://app.asana.com/-/oauth_authorize',
      token: 'https://app.asana.com/-/oauth_token',
      revocation: 'https://app.asana.com/-/oauth_revoke',
      userinfo: 'https://app.asana.com/api/1.0/users/me',
    },
    origins: ['https://app.asana.com'],
    clientAuth: 'post',
    userinfo: { subject: 'data.gid', name: ['data.email', 'data.name'] },
    redirect: { notes: ['`urn:ietf:wg:oauth:2.0:oob` shows the code for pasting.'] },
    register: { url: 'https://app.asana.com/0/my-apps', as: 'an app' },
    refresh: 'Tokens come with a refresh token.',
  },
  {
    endpoints: [guide, socialite],
    origins: 'https://developers.asana.com/reference/rest-api-reference',
    clientAuth: guide,
    userinfo: socialite,
    redirect: guide,
    register: guide,
    refresh: guide,
  },
);

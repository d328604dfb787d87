import { preset } from './preset';

const guide = 'https://linear.app/developers/oauth-2-0-authentication';
const socialite = 'https://github.com/SocialiteProviders/Providers/blob/master/src/Linear/Provider.php';

export const linear = preset(
  'Linear',
  {
    endpoints: {
      authorization: 'https://linear.app/oauth/authorize',
      token: 'https://api.linear.app/oauth/token',
      userinfo: 'https://api.linear.app/graphql',
    },
    origins: ['https://api.linear.app'],
    scopeSeparator: ',',
    clientAuth: 'post',
    userinfo: {
      method: 'POST',
      body: '{"query":"{ viewer { id email name } }"}',
      subject: 'data.viewer.id',
      name: ['data.viewer.email', 'data.viewer.name'],
    },
    register: { url: 'https://linear.app/settings/api/applications/new', as: 'an OAuth application' },
    refresh: 'Access tokens live 24 hours; each refresh gives a new refresh token.',
  },
  {
    endpoints: [guide, socialite],
    origins: guide,
    scopeSeparator: guide,
    clientAuth: guide,
    userinfo: socialite,
    register: guide,
    refresh: guide,
  },
);

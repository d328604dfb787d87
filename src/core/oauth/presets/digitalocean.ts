import { preset } from './preset';

const api = 'https://docs.digitalocean.com/reference/api/oauth-api/';

export const digitalocean = preset(
  'DigitalOcean',
  {
    endpoints: {
      authorization: 'https://cloud.digitalocean.com/v1/oauth/authorize',
      token: 'https://cloud.digitalocean.com/v1/oauth/token',
      revocation: 'https://cloud.digitalocean.com/v1/oauth/revoke',
      userinfo: 'https://api.digitalocean.com/v2/account',
    },
    origins: ['https://api.digitalocean.com'],
    pkce: 'supported',
    publicClients: true,
    clientAuth: 'post',
    userinfo: { subject: 'account.uuid', name: ['account.email'] },
    register: { url: 'https://cloud.digitalocean.com/account/api/applications', as: 'an OAuth application' },
    refresh: 'Tokens come with a refresh token.',
  },
  {
    endpoints: [api, 'https://github.com/SocialiteProviders/Providers/blob/master/src/DigitalOcean/Provider.php'],
    origins: 'https://docs.digitalocean.com/reference/api/intro/',
    pkce: api,
    publicClients: api,
    clientAuth: api,
    userinfo: 'https://github.com/SocialiteProviders/Providers/blob/master/src/DigitalOcean/Provider.php',
    register: api,
    refresh: api,
  },
);

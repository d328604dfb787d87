import { preset } from './preset';

const oauth = 'https://docs.gitlab.com/api/oauth2/';

export const gitlab = preset(
  'GitLab',
  {
    issuer: 'https://gitlab.com',
    origins: 'issuer',
    pkce: 'supported',
    publicClients: true,
    redirect: { loopback: 'anyPort', notes: ['Any port goes with 127.0.0.1 and [::1], not with localhost.'] },
    register: {
      url: 'https://gitlab.com/-/user_settings/applications',
      as: 'an application that is not confidential; on a server of your own, at the same path',
    },
    refresh: 'Access tokens live two hours and come with a refresh token.',
    oddities: ['On a server of your own, write its address as `issuer`.'],
  },
  {
    issuer: 'https://docs.gitlab.com/integration/openid_connect_provider/',
    origins: 'https://docs.gitlab.com/api/rest/',
    pkce: oauth,
    publicClients: oauth,
    redirect: 'https://github.com/doorkeeper-gem/doorkeeper/issues/1170',
    register: 'https://docs.gitlab.com/integration/oauth_provider/',
    refresh: oauth,
    oddities: 'https://docs.gitlab.com/integration/openid_connect_provider/',
  },
);

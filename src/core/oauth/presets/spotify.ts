import { preset } from './preset';

const redirects = 'https://developer.spotify.com/documentation/web-api/concepts/redirect_uri';
const pkceFlow = 'https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow';
const codeFlow = 'https://developer.spotify.com/documentation/web-api/tutorials/code-flow';

export const spotify = preset(
  'Spotify',
  {
    endpoints: {
      authorization: 'https://accounts.spotify.com/authorize',
      token: 'https://accounts.spotify.com/api/token',
      userinfo: 'https://api.spotify.com/v1/me',
    },
    origins: ['https://api.spotify.com'],
    pkce: 'supported',
    publicClients: true,
    clientAuth: 'basic',
    userinfo: { subject: 'id', name: ['email', 'display_name'] },
    redirect: {
      loopback: 'anyPort',
      editorSchemes: true,
      notes: ['127.0.0.1 or [::1], registered without a port; localhost is not allowed.'],
    },
    register: { url: 'https://developer.spotify.com/dashboard', as: 'an app that uses the Web API' },
    refresh: 'Access tokens live an hour and come with a refresh token.',
  },
  {
    endpoints: codeFlow,
    origins: 'https://developer.spotify.com/documentation/web-api/concepts/api-calls',
    pkce: pkceFlow,
    publicClients: pkceFlow,
    clientAuth: codeFlow,
    userinfo: 'https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile',
    redirect: redirects,
    register: 'https://developer.spotify.com/documentation/web-api/concepts/apps',
    refresh: 'https://developer.spotify.com/documentation/web-api/tutorials/refreshing-tokens',
  },
);

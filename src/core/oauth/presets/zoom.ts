import { preset } from './preset';

const oauth = 'https://developers.zoom.us/docs/integrations/oauth/';
const pkce = 'https://developers.zoom.us/docs/integrations/PKCE/';
const loopback = 'https://developers.zoom.us/changelog/platform/pkce-loopback/';

export const zoom = preset(
  'Zoom',
  {
    endpoints: {
      authorization: 'https://zoom.us/oauth/authorize',
      token: 'https://zoom.us/oauth/token',
      revocation: 'https://zoom.us/oauth/revoke',
      userinfo: 'https://api.zoom.us/v2/users/me',
    },
    origins: ['https://api.zoom.us'],
    pkce: 'supported',
    publicClients: true,
    clientAuth: 'basic',
    userinfo: { subject: 'id', name: ['email'] },
    redirect: {
      loopback: 'anyPort',
      editorSchemes: false,
      notes: ['127.0.0.1, for clients with PKCE; custom schemes are for apps with the Meeting SDK only.'],
    },
    register: {
      url: 'https://marketplace.zoom.us/',
      as: 'a general app; switch “Use Public Client OAuth” on, and take the public client id',
    },
    refresh: 'Access tokens live an hour; a refresh token lives 90 days, and each refresh gives a new one.',
    oddities: ['The name of the account takes a scope that allows reading the user.'],
  },
  {
    endpoints: [oauth, 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/zoom.ts'],
    origins: 'https://developers.zoom.us/docs/api/',
    pkce,
    publicClients: pkce,
    clientAuth: oauth,
    userinfo: 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/zoom.ts',
    redirect: [loopback, oauth],
    register: pkce,
    refresh: oauth,
    oddities: 'https://developers.zoom.us/docs/integrations/oauth-scopes/',
  },
);

import { preset } from './preset';

const guide = 'https://developers.figma.com/docs/rest-api/authentication/';
const nango = 'https://github.com/NangoHQ/nango/blob/master/packages/providers/providers.yaml';

export const figma = preset(
  'Figma',
  {
    endpoints: {
      authorization: 'https://www.figma.com/oauth',
      token: 'https://api.figma.com/v1/oauth/token',
      userinfo: 'https://api.figma.com/v1/me',
    },
    origins: ['https://api.figma.com'],
    clientAuth: 'basic',
    refreshRequest: { path: 'refresh' },
    userinfo: { subject: 'id', name: ['email', 'handle'] },
    register: { url: 'https://www.figma.com/developers/apps', as: 'an app' },
    refresh: 'The refresh endpoint is another one than the token endpoint, and gives no new refresh token.',
  },
  {
    endpoints: [guide, nango],
    origins: guide,
    clientAuth: [guide, nango],
    refreshRequest: [guide, nango],
    userinfo: 'https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/providers/figma.ts',
    register: guide,
    refresh: [guide, 'https://arcticjs.dev/providers/figma'],
  },
);

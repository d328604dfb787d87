import { preset } from './preset';

const oauthApps = 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps';
const appErrors =
  'https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';
const appTokens =
  'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens';

export const github = preset(
  'GitHub',
  {
    endpoints: {
      authorization: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      deviceAuthorization: 'https://github.com/login/device/code',
      userinfo: 'https://api.github.com/user',
    },
    origins: ['https://api.github.com'],
    pkce: 'supported',
    publicClients: false,
    clientAuth: 'post',
    tokenResponse: {
      errors: {
        bad_verification_code: 'invalid_grant',
        bad_refresh_token: 'invalid_grant',
        incorrect_client_credentials: 'invalid_client',
      },
    },
    userinfo: { subject: 'id', name: ['login'] },
    redirect: {
      loopback: 'anyPort',
      editorSchemes: true,
      notes: ['With a custom scheme GitHub always asks for an account.'],
    },
    register: { url: 'https://github.com/settings/developers', as: 'an OAuth app or a GitHub App' },
    refresh: 'Tokens of OAuth apps do not expire. Those of GitHub Apps do, and come with a refresh token.',
    oddities: [
      'Errors of the token endpoint come with status 200.',
      'Granted scopes are separated by commas.',
      'Tokens are revoked with an API of its own (`DELETE /applications/{client_id}/token`), not by RFC 7009.',
      'The device flow has to be switched on for the app.',
    ],
  },
  {
    endpoints: oauthApps,
    origins: 'https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api',
    pkce: 'https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication/',
    publicClients: oauthApps,
    clientAuth: oauthApps,
    tokenResponse: [appErrors, appTokens],
    userinfo: 'https://docs.github.com/en/rest/users/users#get-the-authenticated-user',
    redirect: oauthApps,
    register: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/creating-an-oauth-app',
    refresh: appTokens,
    oddities: [oauthApps, appErrors],
  },
);

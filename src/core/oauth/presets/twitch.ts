import { preset } from './preset';
import { ofClientId } from '../quirks/quirks';

const tokens = 'https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/';
const openId = 'https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/';
const refresh = 'https://dev.twitch.tv/docs/authentication/refresh-tokens/';
const users = 'https://dev.twitch.tv/docs/api/reference/#get-users';

export const twitch = preset(
  'Twitch',
  {
    issuer: 'https://id.twitch.tv/oauth2',
    endpoints: {
      deviceAuthorization: 'https://id.twitch.tv/oauth2/device',
      revocation: 'https://id.twitch.tv/oauth2/revoke',
      userinfo: 'https://api.twitch.tv/helix/users',
    },
    origins: ['https://api.twitch.tv'],
    clientAuth: 'post',
    tokenResponse: { errors: { 'Invalid refresh token': 'invalid_grant' } },
    apiRequest: { headers: { 'Client-Id': ofClientId } },
    userinfo: { subject: 'data.0.id', name: ['data.0.login'] },
    register: { url: 'https://dev.twitch.tv/console/apps', as: 'an application' },
    refresh: 'Refresh tokens of public clients can be used once and live 30 days.',
    oddities: [
      'Granted scopes are a list.',
      'Errors have a `message` and no OAuth code.',
      'Every API request needs the header `Client-Id`; one that a request names itself is kept.',
      'Clients without a secret use the device flow.',
    ],
  },
  {
    issuer: openId,
    endpoints: [tokens, 'https://dev.twitch.tv/docs/authentication/revoke-tokens/', users],
    origins: 'https://dev.twitch.tv/docs/api/',
    clientAuth: tokens,
    tokenResponse: refresh,
    apiRequest: 'https://dev.twitch.tv/docs/api/',
    userinfo: users,
    register: 'https://dev.twitch.tv/docs/authentication/register-app/',
    refresh,
    oddities: [tokens, refresh, 'https://dev.twitch.tv/docs/api/'],
  },
);

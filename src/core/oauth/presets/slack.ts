import { preset } from './preset';

const installing = 'https://docs.slack.dev/authentication/installing-with-oauth';
const pkce = 'https://docs.slack.dev/authentication/using-pkce';
const rotation = 'https://docs.slack.dev/authentication/using-token-rotation';
const access = 'https://docs.slack.dev/reference/methods/oauth.v2.access';

export const slack = preset(
  'Slack',
  {
    endpoints: {
      authorization: 'https://slack.com/oauth/v2/authorize',
      token: 'https://slack.com/api/oauth.v2.access',
    },
    origins: ['https://slack.com'],
    scopeSeparator: ',',
    pkce: 'publicClients',
    publicClients: true,
    clientAuth: 'post',
    tokenResponse: {
      alternative: 'authed_user',
      errors: {
        invalid_code: 'invalid_grant',
        code_already_used: 'invalid_grant',
        invalid_refresh_token: 'invalid_grant',
        invalid_client_id: 'invalid_client',
        bad_client_secret: 'invalid_client',
      },
      captured: { team_id: 'team.id', team_name: 'team.name', app_id: 'app_id', bot_user_id: 'bot_user_id' },
      identity: { subject: 'authed_user.id', name: ['team.name'] },
    },
    redirect: {
      notes: [
        'https, or for an app with PKCE also localhost and a custom scheme, which then cannot ask for scopes of a bot.',
      ],
    },
    register: {
      url: 'https://api.slack.com/apps',
      as: 'an app; switch PKCE on to sign in without a secret, which cannot be undone',
    },
    refresh:
      'Tokens expire, after twelve hours, only where token rotation is on; each refresh gives a new refresh token. With PKCE refresh tokens live 30 days, and a redirect to a custom scheme always rotates.',
    oddities: [
      '`scopes` are those of the bot; those of the user go into `parameters: { authorize: { user_scope: … } }`.',
      'A token of the bot comes at the top of the answer, one of the user alone inside `authed_user`.',
      'Errors come with status 200 and `ok: false`, those of the API too.',
    ],
  },
  {
    endpoints: installing,
    origins: 'https://docs.slack.dev/apis/web-api/',
    scopeSeparator: installing,
    pkce: [pkce, 'https://github.com/paradigmxyz/centaur/pull/1101'],
    publicClients: pkce,
    clientAuth: access,
    tokenResponse: access,
    redirect: pkce,
    register: pkce,
    refresh: [rotation, pkce],
    oddities: [installing, access],
  },
);

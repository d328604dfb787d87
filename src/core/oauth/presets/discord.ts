import { preset } from './preset';

const oauth = 'https://discord.com/developers/docs/topics/oauth2';

export const discord = preset(
  'Discord',
  {
    issuer: 'https://discord.com',
    endpoints: { userinfo: 'https://discord.com/api/users/@me' },
    origins: ['https://discord.com'],
    pkce: 'supported',
    publicClients: true,
    userinfo: { subject: 'id', name: ['username'] },
    redirect: { editorSchemes: true },
    register: {
      url: 'https://discord.com/developers/applications',
      as: 'an application; switch “Public Client” on to sign in without a secret',
    },
    refresh: 'Access tokens live seven days and come with a refresh token.',
    oddities: ['Revoking any token ends the whole grant.', 'The token endpoint takes forms only.'],
  },
  {
    issuer: oauth,
    endpoints: 'https://discord.com/developers/docs/resources/user#get-current-user',
    origins: 'https://discord.com/developers/docs/reference',
    pkce: oauth,
    publicClients: oauth,
    userinfo: 'https://discord.com/developers/docs/resources/user#user-object',
    redirect: oauth,
    register: oauth,
    refresh: oauth,
    oddities: oauth,
  },
);

import { preset } from './preset';

const guide = 'https://developers.notion.com/guides/get-started/authorization';
const createToken = 'https://developers.notion.com/reference/create-a-token';

export const notion = preset(
  'Notion',
  {
    endpoints: {
      authorization: 'https://api.notion.com/v1/oauth/authorize',
      token: 'https://api.notion.com/v1/oauth/token',
    },
    origins: ['https://api.notion.com'],
    publicClients: false,
    clientAuth: 'basic',
    tokenRequest: { body: 'json' },
    parameters: { authorize: { owner: 'user' } },
    tokenResponse: {
      captured: { workspace_id: 'workspace_id', workspace_name: 'workspace_name', bot_id: 'bot_id' },
      identity: { subject: 'bot_id', name: ['owner.user.person.email', 'owner.user.name', 'workspace_name'] },
    },
    apiRequest: { headers: { 'Notion-Version': '2025-09-03' } },
    register: { url: 'https://www.notion.so/my-integrations', as: 'a public connection' },
    refresh: 'Each refresh gives a new refresh token.',
    oddities: [
      'There are no scopes: what a connection may do is chosen when it is registered.',
      'Every API request needs the header `Notion-Version`; one that a request names itself is kept.',
      'Tokens are revoked with JSON, which is not RFC 7009.',
    ],
  },
  {
    endpoints: [guide, createToken],
    origins: createToken,
    publicClients: createToken,
    clientAuth: createToken,
    tokenRequest: createToken,
    parameters: guide,
    tokenResponse: createToken,
    apiRequest: 'https://developers.notion.com/reference/authentication',
    register: guide,
    refresh: 'https://developers.notion.com/reference/refresh-a-token',
    oddities: [
      guide,
      'https://developers.notion.com/reference/versioning',
      'https://developers.notion.com/reference/revoke-token',
    ],
  },
);

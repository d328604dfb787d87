import { preset } from './preset';

const endpoints = 'https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html';
const clients = 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html';
const pkce = 'https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html';

export const cognito = preset(
  'Amazon Cognito',
  {
    issuerForm: 'https://cognito-idp.<region>.amazonaws.com/<user pool id>',
    pkce: 'supported',
    publicClients: true,
    redirect: { editorSchemes: true, notes: ['http is for localhost only, and meant for testing.'] },
    register: {
      url: 'https://console.aws.amazon.com/cognito/',
      as: 'an app client of the user pool, without a secret',
    },
    refresh: 'Refresh tokens can be rotated, with up to a minute in which the old one still works.',
    oddities: ['The endpoints are at the domain of the user pool, which its metadata names.'],
  },
  {
    issuerForm: endpoints,
    pkce,
    publicClients: clients,
    redirect: clients,
    register: clients,
    refresh:
      'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html',
    oddities: endpoints,
  },
);

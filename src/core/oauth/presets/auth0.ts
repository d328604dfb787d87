import { preset } from './preset';

const flow =
  'https://auth0.com/docs/get-started/authentication-and-authorization-flow/authorization-code-flow-with-pkce';

export const auth0 = preset(
  'Auth0',
  {
    issuerForm: 'https://<tenant>.<region>.auth0.com/',
    pkce: 'supported',
    publicClients: true,
    redirect: { loopback: 'exactPort' },
    register: { url: 'https://manage.auth0.com/', as: 'an application of type “Native”' },
    refresh:
      'A refresh token takes the scope `offline_access`, and an API that allows it. Rotation can be switched on, with an interval in which the old one still works.',
    oddities: [
      'Without `audience` the token is for the userinfo endpoint only.',
      'Revoking a refresh token may end the whole grant.',
    ],
  },
  {
    issuerForm: 'https://auth0.com/docs/get-started/applications/configure-applications-with-oidc-discovery',
    pkce: flow,
    publicClients: flow,
    redirect: 'https://github.com/github/copilot-cli/issues/4793',
    register: 'https://auth0.com/docs/get-started/auth0-overview/create-applications/native-apps',
    refresh: 'https://auth0.com/docs/secure/tokens/refresh-tokens',
    oddities: [
      'https://auth0.com/docs/secure/tokens/access-tokens/get-access-tokens',
      'https://auth0.com/docs/secure/tokens/refresh-tokens/revoke-refresh-tokens',
    ],
  },
);

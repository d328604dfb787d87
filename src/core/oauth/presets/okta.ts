import { preset } from './preset';

const guide = 'https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/';

export const okta = preset(
  'Okta',
  {
    issuerForm: 'https://<your domain>.okta.com',
    origins: 'issuer',
    pkce: 'supported',
    publicClients: true,
    redirect: { loopback: 'exactPort', notes: ['No wildcard stands for a port.'] },
    register: {
      url: 'https://login.okta.com/',
      as: 'in the admin console of your organisation, an OIDC application of type “Native”',
    },
    refresh: 'A refresh token takes the scope `offline_access`. Rotation has a grace period that can be set.',
    oddities: [
      'An authorization server of your own has an issuer of its own, such as `https://<your domain>.okta.com/oauth2/default`; its tokens are not for the API of Okta, so list your `origins`.',
    ],
  },
  {
    issuerForm: 'https://developer.okta.com/docs/concepts/auth-servers/',
    origins: 'https://developer.okta.com/docs/guides/implement-oauth-for-okta/main/',
    pkce: guide,
    publicClients: guide,
    redirect: 'https://support.okta.com/help/s/article/Does-Okta-Support-Wildcard-Redirect-URIs',
    register: guide,
    refresh: 'https://developer.okta.com/docs/guides/refresh-tokens/main/',
    oddities: 'https://developer.okta.com/docs/concepts/auth-servers/',
  },
);

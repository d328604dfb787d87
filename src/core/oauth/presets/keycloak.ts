import { preset } from './preset';

const guide = 'https://www.keycloak.org/docs/latest/server_admin/';
const oidc = 'https://www.keycloak.org/securing-apps/oidc-layers';

export const keycloak = preset(
  'Keycloak',
  {
    issuerForm: 'https://<host>/realms/<realm>',
    pkce: 'supported',
    publicClients: true,
    redirect: {
      loopback: 'anyPort',
      notes: ['Register `http://127.0.0.1` without a port for any port; localhost is not recommended.'],
    },
    register: {
      url: 'https://www.keycloak.org/docs/latest/server_admin/',
      as: 'in the admin console of the realm, an OpenID Connect client',
    },
    oddities: ['The answer says with `refresh_expires_in` how long the refresh token lives.'],
  },
  {
    issuerForm: oidc,
    pkce: guide,
    publicClients: guide,
    redirect: guide,
    register: guide,
    oddities: 'https://github.com/authlib/authlib/issues/145',
  },
);

import { preset } from './preset';

const protocol = 'https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow';
const replyUrls = 'https://learn.microsoft.com/en-us/entra/identity-platform/reply-url';

export const microsoft = preset(
  'Microsoft Entra',
  {
    issuerForm: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    origins: ['https://graph.microsoft.com'],
    pkce: 'supported',
    publicClients: true,
    authorizationRequest: { prompts: { always: [], chooseAccount: 'select_account' } },
    redirect: {
      loopback: 'anyPort',
      loopbackHost: 'localhost',
      notes: ['The portal takes `http://localhost` and refuses `http://127.0.0.1`.', 'Upper and lower case count.'],
    },
    register: {
      url: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
      as: 'an app with the platform “Mobile and desktop applications”',
    },
    refresh: 'A refresh token takes the scope `offline_access`, which the answer does not repeat.',
    oddities: [
      'The issuer must have the id of the tenant: what is published for `common` and `organizations` names no issuer of its own.',
      'The scopes of one request belong to one API.',
    ],
  },
  {
    issuerForm: 'https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc',
    origins: 'https://learn.microsoft.com/en-us/graph/use-the-api',
    pkce: protocol,
    publicClients: protocol,
    authorizationRequest: protocol,
    redirect: replyUrls,
    register: 'https://learn.microsoft.com/en-us/entra/identity-platform/quickstart-register-app',
    refresh: 'https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc',
    oddities: [
      'https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc',
      'https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc',
    ],
  },
);

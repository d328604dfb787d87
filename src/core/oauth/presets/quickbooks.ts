import { preset } from './preset';

const library = 'https://github.com/intuit/oauth-jsclient/blob/master/src/OAuthClient.js';
const guide = 'https://oauth-pythonclient.readthedocs.io/en/latest/user-guide.html';
const redirects =
  'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/set-redirect-uri';

export const quickbooks = preset(
  'QuickBooks Online',
  {
    endpoints: {
      authorization: 'https://appcenter.intuit.com/connect/oauth2',
      token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
      revocation: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
      userinfo: 'https://accounts.platform.intuit.com/v1/openid_connect/userinfo',
    },
    origins: ['https://quickbooks.api.intuit.com', 'https://sandbox-quickbooks.api.intuit.com'],
    clientAuth: 'basic',
    authorizationResponse: { captured: { realmId: 'realmId' } },
    redirect: {
      loopback: 'exactPort',
      loopbackHost: 'localhost',
      notes: ['http on localhost works with development keys only; production keys take https.'],
    },
    register: {
      url: 'https://developer.intuit.com/dashboard',
      as: 'an app with the scope QuickBooks Online Accounting',
    },
    refresh: 'Access tokens live an hour, refresh tokens 100 days.',
    oddities: [
      '`realmId`, the id of the company that was chosen, comes back with the code; it is in the path of every API request, such as `/v3/company/{realmId}/query`.',
      'With development keys the account is named at `https://sandbox-accounts.platform.intuit.com`: set `endpoints: { userinfo: … }`.',
    ],
  },
  {
    endpoints: library,
    origins: library,
    clientAuth: library,
    authorizationResponse: [guide, library],
    redirect: redirects,
    register: 'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/oauth-2.0',
    refresh: 'https://github.com/IntuitDeveloper/OAuth2-Dotnet_UsingSDK/blob/master/docs/help/Tokens.md',
    oddities: [guide, library],
  },
);

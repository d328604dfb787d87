import { preset } from './preset';

const webServer = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm';
const discovery = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid_discovery_endpoint.htm';
const myDomain = 'https://help.salesforce.com/s/articleView?id=sf.domain_name_overview.htm';

export const salesforce = preset(
  'Salesforce',
  {
    issuerForm: 'https://<MyDomainName>.my.salesforce.com',
    origins: 'issuer',
    pkce: 'supported',
    publicClients: true,
    tokenResponse: {
      captured: { instance_url: 'instance_url' },
      apiOrigin: { captured: 'instance_url', within: 'my.salesforce.com' },
    },
    redirect: {
      loopback: 'refused',
      editorSchemes: true,
      notes: ['https or a custom scheme, and exactly what is registered.'],
    },
    register: {
      url: 'https://login.salesforce.com/',
      as: 'under Setup, an External Client App; Connected Apps can no longer be created',
    },
    refresh: 'A refresh token takes the scope `refresh_token`; new apps rotate it.',
    oddities: [
      'The API is at the `instance_url` of the token response; without `origins` of the connection the token may go there, too, if that is below `my.salesforce.com`.',
      'With `issuer: https://login.salesforce.com`, or `https://test.salesforce.com` for sandboxes, everybody signs in to an organisation of their own.',
      'The answer does not say how long the access token lives.',
    ],
  },
  {
    issuerForm: discovery,
    origins: myDomain,
    pkce: webServer,
    publicClients: webServer,
    tokenResponse: [
      webServer,
      'https://github.com/NangoHQ/nango/blob/master/packages/providers/providers.yaml',
      myDomain,
      'https://developer.salesforce.com/docs/atlas.en-us.238.0.api_meta.meta/api_meta/meta_mydomainsettings.htm',
    ],
    redirect: webServer,
    register: 'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm',
    refresh: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm',
    oddities: [webServer, 'https://help.salesforce.com/s/articleView?id=xcloud.domain_name_setting_login_policy.htm'],
  },
);

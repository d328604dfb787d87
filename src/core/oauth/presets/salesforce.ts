import { preset } from './preset';

const webServer = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm';
const discovery = 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid_discovery_endpoint.htm';

export const salesforce = preset(
  'Salesforce',
  {
    issuerForm: 'https://<MyDomainName>.my.salesforce.com',
    origins: 'issuer',
    pkce: 'supported',
    publicClients: true,
    tokenResponse: { captured: { instance_url: 'instance_url' } },
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
      'The API is at the `instance_url` of the token response, which is kept with the session.',
      'The answer does not say how long the access token lives.',
    ],
  },
  {
    issuerForm: discovery,
    origins: 'https://help.salesforce.com/s/articleView?id=sf.domain_name_overview.htm',
    pkce: webServer,
    publicClients: webServer,
    tokenResponse: [webServer, 'https://github.com/NangoHQ/nango/blob/master/packages/providers/providers.yaml'],
    redirect: webServer,
    register: 'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm',
    refresh: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm',
    oddities: webServer,
  },
);

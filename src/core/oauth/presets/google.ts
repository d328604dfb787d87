import { preset } from './preset';

const native = 'https://developers.google.com/identity/protocols/oauth2/native-app';
const webServer = 'https://developers.google.com/identity/protocols/oauth2/web-server';
const overview = 'https://developers.google.com/identity/protocols/oauth2';

export const google = preset(
  'Google',
  {
    issuer: 'https://accounts.google.com',
    origins: [
      'https://www.googleapis.com',
      'https://gmail.googleapis.com',
      'https://sheets.googleapis.com',
      'https://docs.googleapis.com',
    ],
    pkce: 'supported',
    authorizationRequest: { prompts: { always: ['consent'], chooseAccount: 'select_account' } },
    parameters: { authorize: { access_type: 'offline' } },
    redirect: { loopback: 'anyPort', editorSchemes: false },
    register: {
      url: 'https://console.cloud.google.com/apis/credentials',
      as: 'an OAuth client of type “Desktop app”; it gets a secret that is not treated as one, which the token request needs all the same',
    },
    refresh:
      'Access tokens live an hour. A refresh token takes `access_type=offline`, and consent where it was given before; it dies after six months without use, and after seven days while the app is in testing.',
    oddities: [
      'Most other APIs have an origin of their own, the service endpoint in their reference: write it under `origins`, with the others that you use, since a list in the file takes the place of this one.',
      '`openid` may be granted without having been asked for.',
    ],
  },
  {
    issuer: 'https://developers.google.com/identity/openid-connect/openid-connect',
    origins: [
      'https://github.com/NangoHQ/nango/blob/master/packages/providers/providers.yaml',
      'https://developers.google.com/gmail/api/reference/rest',
      'https://developers.google.com/sheets/api/reference/rest',
      'https://developers.google.com/docs/api/reference/rest',
    ],
    pkce: native,
    authorizationRequest: [webServer, 'https://developers.google.com/identity/openid-connect/openid-connect'],
    parameters: webServer,
    redirect: native,
    register: native,
    refresh: [webServer, overview],
    oddities: [overview, 'https://developers.google.com/gmail/api/reference/rest'],
  },
);

import { preset } from './preset';

const flow = 'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow';
const nativeFlow = 'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow-native';
const openId = 'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2';

export const linkedin = preset(
  'LinkedIn',
  {
    endpoints: {
      authorization: 'https://www.linkedin.com/oauth/v2/authorization',
      token: 'https://www.linkedin.com/oauth/v2/accessToken',
      userinfo: 'https://api.linkedin.com/v2/userinfo',
    },
    origins: ['https://api.linkedin.com'],
    pkce: 'rejected',
    publicClients: false,
    clientAuth: 'post',
    userinfo: { subject: 'sub', name: ['email', 'name'] },
    redirect: { notes: ['127.0.0.1 and [::1] are for native apps for which LinkedIn has switched PKCE on.'] },
    register: { url: 'https://www.linkedin.com/developers/apps', as: 'an app' },
    oddities: [
      'A token request with `code_verifier` fails as `invalid_client`.',
      'Native apps have an authorization endpoint of their own, `https://www.linkedin.com/oauth/native-pkce/authorization`.',
    ],
  },
  {
    endpoints: [flow, openId],
    origins: flow,
    pkce: ['https://github.com/teamhanko/hanko/pull/2405', 'https://github.com/UsefulSoftwareCo/executor/issues/2087'],
    publicClients: [flow, nativeFlow],
    clientAuth: flow,
    userinfo: openId,
    redirect: nativeFlow,
    register: flow,
    oddities: ['https://github.com/UsefulSoftwareCo/executor/issues/2087', nativeFlow],
  },
);

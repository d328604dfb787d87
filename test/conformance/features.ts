import type { Feature } from './feature';
import { quirkFeatures } from './quirkFeatures';

/** What people know from other OAuth libraries and tools, with where it is here. Several tables may name the same. */
export const features: readonly Feature[] = [
  // Asking for authorization
  { id: '#authorize', where: '*Sign In*; *Copy sign-in URL* while the browser is open' },
  { id: '#authorizeParams', where: '`parameters.authorize`' },
  { id: '#state', where: 'always; 256 random bits, made anew for each attempt' },
  { id: '#pkce', where: 'always, with S256' },
  { id: '#nonce', where: 'always where an ID token is asked for; checked with it' },
  {
    id: '#chooseAccount',
    where: '*Switch Account* and signing in again: `prompt` and `login_hint` are sent',
  },
  { id: '#loopback', where: '`redirect`: loopback on http, https everywhere else' },
  { id: '#discovery', where: '`issuer`' },
  { id: '#endpoints', where: '`authorizationUrl`, `tokenUrl`, and the other endpoints by name' },
  { id: '#registration', where: 'no `clientId`: the client registers itself' },

  // Reading the answer
  {
    id: '#answer',
    where: 'by the listener, the editor’s URI, or *Paste*; state, then `iss`, then the error is looked at',
  },
  { id: '#typedErrors', where: 'errors have a code, the server’s own words, and a next step' },

  // Grants
  { id: '#code', where: '`grant: authorizationCode`, the default' },
  {
    id: '#implicit',
    where: 'refused, because the token would be in a URL: `grant: authorizationCode` is named instead',
  },
  {
    id: '#password',
    where: 'refused, because the app would see the password: `grant: authorizationCode` is named instead',
  },
  { id: '#clientCredentials', where: '`grant: clientCredentials`' },
  { id: '#device', where: '`grant: deviceCode`, `deviceAuthorizationUrl`' },
  { id: '#jwtBearer', where: '`grant: jwtBearer`, `privateKey`' },
  { id: '#tokenExchange', where: '`grant: tokenExchange`' },

  // Client authentication
  {
    id: '#clientAuth',
    where: '`clientAuth: basic`, `basicRaw`, `post` or `none`; left out, what the server offers',
  },
  { id: '#clientSecretJwt', where: '`clientAuth: clientSecretJwt`' },
  { id: '#privateKeyJwt', where: '`clientAuth: privateKeyJwt`, `privateKey`' },
  { id: '#mtls', where: '`clientAuth: mtls`, `tls`' },
  {
    id: '#revocationAuth',
    where: 'the client authenticates at the revocation endpoint as at the token endpoint',
  },

  // Token requests
  { id: '#tokenParams', where: '`parameters.token`' },
  { id: '#refreshParams', where: '`parameters.refresh`' },
  { id: '#resource', where: '`resource`, `audience`' },
  { id: '#requestTimeout', where: 'every request of the engine has a time limit' },
  { id: '#tlsTrust', where: 'certificates are always checked' },
  { id: '#customCa', where: '`tls.ca`' },
  {
    id: '#insecureTransport',
    where: 'https only; http on the loopback, or for an origin that the user allowed',
  },
  { id: '#dpop', where: '`dpop`' },
  { id: '#par', where: 'where the server offers it; `par`' },

  // Token answers
  { id: '#expiry', where: 'absolute times, counted from the answer’s arrival' },
  { id: '#expiresInForms', where: 'numbers, numeric texts, `0`, `null` and nothing at all' },
  { id: '#scopeChange', where: 'noted with the session; never a failure' },
  {
    id: '#idToken',
    where: 'checked at every sign-in: issuer, audience, nonce, times, `at_hash`, and the signature by the key set',
  },
  { id: '#userinfo', where: 'names the account where the ID token does not' },

  // Keeping tokens fresh
  { id: '#refresh', where: 'by itself; the old refresh token is kept when the answer has none' },
  { id: '#autoRefresh', where: 'before a send, when the token is due' },
  {
    id: '#leeway',
    where: '`latchkey.tokens.refreshBuffer`, 60 seconds, at most a quarter of the lifetime',
  },
  { id: '#persist', where: 'SecretStorage, before the new token is used; every window hears of it' },
  { id: '#refreshOnce', where: 'one refresh for all callers, and across windows under a lock' },
  { id: '#renewOn401', where: 'a 401 renews the token once and sends once more' },
  { id: '#renewClient', where: 'the client credentials grant is repeated when its token is due' },
  { id: '#refreshTokenExpiry', where: 'shown before the refresh token’s own end' },

  // Using and giving up tokens
  { id: '#bearerHeader', where: 'the Authorization header' },
  { id: '#withholdToken', where: '`auth: none`' },
  { id: '#noSecretsInLogs', where: '*Show Log* holds none' },
  { id: '#revoke', where: '*Sign Out*' },
  { id: '#introspect', where: '*Inspect Token*, `introspectionUrl`' },
  { id: '#logout', where: '*Sign Out*, `endSessionUrl`' },
  {
    id: '#severalAccounts',
    where: 'several accounts for one connection; *Switch Account*, `auth.account`',
  },

  ...quirkFeatures,
];

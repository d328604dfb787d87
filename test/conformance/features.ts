import type { Feature } from './feature';
import { quirkFeatures } from './quirkFeatures';

/** What people know from other OAuth libraries and tools, with where it is here. Several tables may name the same. */
export const features: readonly Feature[] = [
  // Asking for authorization
  { id: '#authorize', where: '*Sign In*; *Copy URL* while the browser is open', pending: true },
  { id: '#authorizeParams', where: '`parameters.authorize`', pending: true },
  { id: '#state', where: 'always; 256 random bits, made anew for each attempt', pending: true },
  { id: '#pkce', where: 'always, with S256', pending: true },
  { id: '#nonce', where: 'always where an ID token is asked for; checked with it', pending: true },
  {
    id: '#chooseAccount',
    where: '*Switch Account* and signing in again: `prompt` and `login_hint` are sent',
    pending: true,
  },
  { id: '#loopback', where: '`redirect`: loopback on http, https everywhere else', pending: true },
  { id: '#discovery', where: '`issuer`', pending: true },
  { id: '#endpoints', where: '`authorizationUrl`, `tokenUrl`, and the other endpoints by name', pending: true },
  { id: '#registration', where: 'no `clientId`: the client registers itself', pending: true },

  // Reading the answer
  {
    id: '#answer',
    where: 'by the listener, the editor’s URI, or *Paste*; state, then `iss`, then the error is looked at',
    pending: true,
  },
  { id: '#typedErrors', where: 'errors have a code, the server’s own words, and a next step', pending: true },

  // Grants
  { id: '#code', where: '`grant: authorizationCode`, the default', pending: true },
  {
    id: '#implicit',
    where: 'refused, because the token would be in a URL: `grant: authorizationCode` is named instead',
    pending: true,
  },
  {
    id: '#password',
    where: 'refused, because the app would see the password: `grant: authorizationCode` is named instead',
    pending: true,
  },
  { id: '#clientCredentials', where: '`grant: clientCredentials`', pending: true },
  { id: '#device', where: '`grant: deviceCode`, `deviceAuthorizationUrl`', pending: true },
  { id: '#jwtBearer', where: '`grant: jwtBearer`, `privateKey`', pending: true },
  { id: '#tokenExchange', where: '`grant: tokenExchange`', pending: true },

  // Client authentication
  {
    id: '#clientAuth',
    where: '`clientAuth: basic`, `basicRaw`, `post` or `none`; left out, what the server offers',
    pending: true,
  },
  { id: '#clientSecretJwt', where: '`clientAuth: clientSecretJwt`', pending: true },
  { id: '#privateKeyJwt', where: '`clientAuth: privateKeyJwt`, `privateKey`', pending: true },
  { id: '#mtls', where: '`clientAuth: mtls`, `tls`', pending: true },
  {
    id: '#revocationAuth',
    where: 'the client authenticates at the revocation endpoint as at the token endpoint',
    pending: true,
  },

  // Token requests
  { id: '#tokenParams', where: '`parameters.token`', pending: true },
  { id: '#refreshParams', where: '`parameters.refresh`', pending: true },
  { id: '#resource', where: '`resource`, `audience`', pending: true },
  { id: '#requestTimeout', where: 'every request of the engine has a time limit', pending: true },
  { id: '#tlsTrust', where: 'certificates are always checked', pending: true },
  { id: '#customCa', where: '`tls.ca`', pending: true },
  {
    id: '#insecureTransport',
    where: 'https only; http on the loopback, or for an origin that the user allowed',
    pending: true,
  },
  { id: '#dpop', where: '`dpop`', pending: true },
  { id: '#par', where: '`par`', pending: true },

  // Token answers
  { id: '#expiry', where: 'absolute times, counted from the answer’s arrival', pending: true },
  { id: '#expiresInForms', where: 'numbers, numeric texts, `0`, `null` and nothing at all', pending: true },
  { id: '#scopeChange', where: 'noted with the session; never a failure', pending: true },
  {
    id: '#idToken',
    where: 'checked whenever there is one: signature where needed, issuer, audience, nonce, times',
    pending: true,
  },
  { id: '#userinfo', where: 'names the account where the ID token does not', pending: true },

  // Keeping tokens fresh
  { id: '#refresh', where: 'by itself; the old refresh token is kept when the answer has none', pending: true },
  { id: '#autoRefresh', where: 'before a send, when the token is due', pending: true },
  {
    id: '#leeway',
    where: '`latchkey.tokens.refreshBuffer`, 60 seconds, at most a quarter of the lifetime',
    pending: true,
  },
  { id: '#persist', where: 'SecretStorage, before the new token is used; every window hears of it', pending: true },
  { id: '#refreshOnce', where: 'one refresh for all callers, and across windows under a lock', pending: true },
  { id: '#renewOn401', where: 'a 401 renews the token once and sends once more', pending: true },
  { id: '#renewClient', where: 'the client credentials grant is repeated when its token is due', pending: true },
  { id: '#refreshTokenExpiry', where: 'shown before the refresh token’s own end', pending: true },

  // Using and giving up tokens
  { id: '#bearerHeader', where: 'the Authorization header', pending: true },
  { id: '#withholdToken', where: '`auth: none`', pending: true },
  { id: '#noSecretsInLogs', where: '*Show Log* holds none', pending: true },
  { id: '#revoke', where: '*Sign Out*', pending: true },
  { id: '#introspect', where: '*Inspect Token*, `introspectionUrl`', pending: true },
  { id: '#logout', where: '*Sign Out*, `endSessionUrl`', pending: true },
  {
    id: '#severalAccounts',
    where: 'several accounts for one connection; *Switch Account*, `auth.account`',
    pending: true,
  },

  ...quirkFeatures,
];

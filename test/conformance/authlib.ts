import type { FeatureTable } from './feature';

export const authlib: FeatureTable = {
  title: 'Authlib: OAuth 2 and OpenID Connect clients',
  rows: [
    {
      name: '`create_authorization_url(url, state, code_verifier)`',
      does: 'makes the URL',
      here: ['#authorize', '#pkce'],
    },
    { name: '… `nonce`', does: 'for the ID token', here: ['#nonce'] },
    { name: '… `prompt`, `login_hint`', does: 'which account signs in', here: ['#chooseAccount'] },
    {
      name: '`fetch_token(grant_type)`',
      does: 'guesses the grant by what it is given',
      here: ['#code', '#clientCredentials'],
    },
    { name: '`refresh_token`', does: 'refreshes', here: ['#refresh'] },
    {
      name: '`ensure_active_token`',
      does: 'refreshes, or repeats client credentials',
      here: ['#autoRefresh', '#renewClient'],
    },
    { name: '`leeway=60`', does: 'refreshes that many seconds early', here: ['#leeway'] },
    { name: '`update_token`', does: 'hands over the new token to be stored', here: ['#persist'] },
    { name: '`revoke_token`', does: 'revokes', here: ['#revoke'] },
    { name: '`revocation_endpoint_auth_method`', does: 'authenticates at the revocation', here: ['#revocationAuth'] },
    { name: '`introspect_token`', does: 'asks the server about a token', here: ['#introspect'] },
    {
      name: '`client_secret_basic`, `client_secret_post`, `none`',
      does: 'client authentication',
      here: ['#clientAuth'],
    },
    { name: '`client_secret_jwt`', does: 'client authentication', here: ['#clientSecretJwt'] },
    { name: '`private_key_jwt`', does: 'client authentication', here: ['#privateKeyJwt'] },
    {
      name: '`register_client_auth_method`',
      does: 'any function',
      here: { none: 'refused, because a project file holds no code; the secret in the URL least of all' },
    },
    { name: '`token_placement`', does: 'header, body or uri', here: ['#bearerHeader', '#tokenHeader'] },
    { name: '`default_timeout`', does: 'limits the time', here: ['#requestTimeout'] },
    { name: 'hook `access_token_response`', does: 'changes the token answer', here: ['#quirkTokenResponse'] },
    {
      name: 'hooks `refresh_token_request`, `refresh_token_response`',
      does: 'change the refresh',
      here: ['#quirkRefreshRequest', '#quirkRefreshResponse'],
    },
    {
      name: 'hooks `revoke_token_request`, `introspect_token_request`',
      does: 'change those requests',
      here: { none: 'not offered: no provider is known to need it' },
    },
    { name: 'hook `protected_request`', does: 'changes requests with a token', here: ['#quirkApiRequest'] },
    { name: '`AssertionSession`', does: 'the jwt-bearer grant', here: ['#jwtBearer'] },
    { name: '`server_metadata_url`', does: 'discovery', here: ['#discovery'] },
    { name: '`authorize_url`, `access_token_url`', does: 'endpoints by hand', here: ['#endpoints'] },
    { name: '`parse_id_token(leeway)`', does: 'checks the ID token', here: ['#idToken'] },
    { name: '`userinfo`', does: 'who signed in', here: ['#userinfo'] },
    { name: '`create_logout_url`', does: 'ends the session at the server', here: ['#logout'] },
    {
      name: 'request objects (RFC 9101)',
      does: 'signs the authorization request',
      here: { none: 'not offered: what matters in the request is protected by PKCE, `state` and `nonce`' },
    },
    { name: 'issue 673', does: 'the refresh lock is one per instance', here: ['#refreshOnce'] },
    {
      name: 'issue 632',
      does: 'automatic refresh cannot be switched off',
      here: { none: 'neither can it here: a buffer of 0 refreshes at the last moment' },
    },
    { name: 'issue 145', does: '`refresh_expires_in` is not looked at', here: ['#refreshTokenExpiry'] },
    {
      name: 'server side (RFC 7592, 9068, …)',
      does: 'is an authorization server, too',
      here: { none: 'not offered: Latchkey is a client; the playground’s server is for trying it out' },
    },
  ],
};

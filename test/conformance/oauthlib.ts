import type { FeatureTable } from './feature';

export const oauthlib: FeatureTable = {
  title: 'oauthlib: clients',
  rows: [
    { name: '`WebApplicationClient`', does: 'the authorization code grant', here: ['#code'] },
    { name: '`MobileApplicationClient`', does: 'the implicit grant', here: ['#implicit'] },
    { name: '`LegacyApplicationClient`', does: 'the password grant', here: ['#password'] },
    { name: '`BackendApplicationClient`', does: 'the client credentials grant', here: ['#clientCredentials'] },
    { name: '`ServiceApplicationClient`', does: 'the jwt-bearer grant', here: ['#jwtBearer'] },
    { name: '`DeviceClient`', does: 'the device grant', here: ['#device'] },
    { name: 'token placement: header', does: 'Authorization header', here: ['#bearerHeader'] },
    { name: 'token placement: query', does: '`access_token` in the URL', here: ['#fixInstagram'] },
    {
      name: 'token placement: body',
      does: '`access_token` in a form',
      here: { none: 'refused, because RFC 6750 §2.2 discourages it and no provider is known to need it' },
    },
    {
      name: 'token type MAC',
      does: 'signs requests with the token',
      here: { none: 'refused, because the draft was given up; `dpop` binds a token to a key' },
    },
    { name: '`prepare_authorization_request`', does: 'makes the URL', here: ['#authorize'] },
    { name: '`prepare_token_request`', does: 'makes the token request', here: ['#code'] },
    { name: '`prepare_refresh_token_request`', does: 'makes the refresh request', here: ['#refresh'] },
    { name: '`prepare_token_revocation_request`', does: 'makes the revocation request', here: ['#revoke'] },
    { name: '`create_code_verifier`, `create_code_challenge`', does: 'PKCE', here: ['#pkce'] },
    { name: '`parse_request_uri_response`', does: 'checks state before the error is looked at', here: ['#answer'] },
    { name: '`parse_request_body_response`', does: 'JSON, else a form', here: ['#fixFacebook'] },
    { name: '`expires_in`', does: 'numbers and numeric texts', here: ['#expiresInForms'] },
    { name: '`OAUTHLIB_STRICT_TOKEN_TYPE`', does: 'refuses a missing `token_type`', here: ['#fixDouban'] },
    { name: '`scope_changed`, `OAUTHLIB_RELAX_TOKEN_SCOPE`', does: 'tells of changed scopes', here: ['#scopeChange'] },
    { name: 'errors by code, OpenID Connect’s included', does: 'a class for each', here: ['#typedErrors'] },
    { name: '`TokenExpiredError`', does: 'thrown when a token is due', here: ['#autoRefresh'] },
  ],
};

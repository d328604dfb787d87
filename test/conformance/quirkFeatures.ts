import type { Feature } from './feature';

/** Where servers differ from the standards, as data of a connection or preset instead of code. */
export const quirkFeatures: readonly Feature[] = [
  // The five points at which requests and answers can be changed
  { id: '#quirkTokenRequest', where: '`preset`: `tokenRequest` of its quirks' },
  { id: '#quirkTokenResponse', where: '`preset`: `tokenResponse` of its quirks, and what is forgiven every server' },
  { id: '#quirkRefreshRequest', where: '`preset`: `refreshRequest` of its quirks' },
  { id: '#quirkRefreshResponse', where: '`preset`: `tokenResponse` of its quirks, for refresh answers too' },
  { id: '#quirkApiRequest', where: '`preset`: `apiRequest` of its quirks' },

  // What they can change
  { id: '#scopeSeparator', where: '`preset`: `scopeSeparator`' },
  { id: '#jsonBody', where: '`preset`: `tokenRequest.body`' },
  { id: '#tokenRequestInQuery', where: '`preset`: `tokenRequest.method`' },
  { id: '#tokenRequestHeaders', where: '`preset`: `tokenRequest.headers`' },
  { id: '#refreshUrl', where: '`preset`: `refreshRequest.path`, at the host of the token endpoint' },
  { id: '#renamedParams', where: '`preset`: `rename` and `remove`, for each request' },
  { id: '#tokenPath', where: '`preset`: `tokenResponse.alternative`' },
  { id: '#capturedMetadata', where: '`preset`: `tokenResponse.captured`, kept with the session' },
  { id: '#toldOrigin', where: '`preset`: `tokenResponse.apiOrigin`, said in the trust dialog' },
  { id: '#callbackMetadata', where: '`preset`: `authorizationResponse.captured`, kept with the session' },
  { id: '#tokenHeader', where: '`auth: { in, name }` of a request; `preset`: `apiRequest.token`' },
  { id: '#refreshOn', where: '`refreshOn`' },
  { id: '#noPkce', where: '`preset`: `pkce`; the trust dialog and the project file warn' },

  // The compliance fixes of requests-oauthlib
  { id: '#fixDouban', where: 'every server: a missing `token_type` is Bearer' },
  { id: '#fixEbay', where: 'every server: token types of other names are Bearer' },
  { id: '#fixFacebook', where: 'every server: a form-encoded answer, and `expires` for `expires_in`' },
  { id: '#fixFitbit', where: 'every server: an error inside `errors`' },
  { id: '#fixInstagram', where: '`auth: { in: query }`, with a warning' },
  { id: '#fixMailchimp', where: 'every server: `scope: null` and `expires_in: 0`' },
  { id: '#fixPlentymarkets', where: 'every server: camelCase members' },
  { id: '#fixSlack', where: '`auth: { in: query, name: token }`, with a warning' },
  { id: '#fixWeibo', where: 'every server: a missing `token_type`; `auth: { in: query }`' },
];

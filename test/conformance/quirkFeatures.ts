import type { Feature } from './feature';

/** Where servers differ from the standards, as data of a connection or preset instead of code. */
export const quirkFeatures: readonly Feature[] = [
  // The five points at which requests and answers can be changed
  { id: '#quirkTokenRequest', where: 'quirks of the token request' },
  { id: '#quirkTokenResponse', where: 'quirks of the token response' },
  { id: '#quirkRefreshRequest', where: 'quirks of the refresh request' },
  { id: '#quirkRefreshResponse', where: 'quirks of the refresh response' },
  { id: '#quirkApiRequest', where: 'quirks of the requests with a token' },

  // What they can change
  { id: '#scopeSeparator', where: 'scope separator' },
  { id: '#jsonBody', where: 'token request as JSON' },
  { id: '#tokenRequestInQuery', where: 'token request as GET or with its parameters in the query' },
  { id: '#tokenRequestHeaders', where: 'headers of the token request' },
  { id: '#refreshUrl', where: 'a refresh endpoint of its own' },
  { id: '#renamedParams', where: 'renamed parameters' },
  { id: '#tokenPath', where: 'where the token is in the answer', pending: true },
  { id: '#capturedMetadata', where: 'members of the token response kept with the session', pending: true },
  { id: '#capturedRedirect', where: 'parameters of the callback kept with the session', pending: true },
  { id: '#tokenHeader', where: 'the header that carries the token', pending: true },
  { id: '#refreshOn', where: '`refreshOn`' },
  { id: '#noPkce', where: 'a preset may switch PKCE off, with a visible warning' },

  // The compliance fixes of requests-oauthlib
  { id: '#fixDouban', where: 'a missing `token_type` is Bearer', pending: true },
  { id: '#fixEbay', where: 'token types of other names are Bearer' },
  { id: '#fixFacebook', where: 'a form-encoded answer, and `expires` for `expires_in`' },
  { id: '#fixFitbit', where: 'an error inside `errors`' },
  { id: '#fixInstagram', where: 'the token in the query of API requests', pending: true },
  { id: '#fixMailchimp', where: '`scope: null` and `expires_in: 0`' },
  { id: '#fixPlentymarkets', where: 'camelCase members' },
  { id: '#fixSlack', where: 'the token as a parameter named `token`', pending: true },
  { id: '#fixWeibo', where: 'a missing `token_type`, and the token in the query', pending: true },
];

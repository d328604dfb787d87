import type { FeatureTable } from './feature';

export const otherTools: FeatureTable = {
  title: 'API clients and integration platforms',
  rows: [
    { name: 'body of the token request', does: 'form or JSON', here: ['#jsonBody'] },
    { name: 'scope separator', does: 'space, comma or plus', here: ['#scopeSeparator'] },
    {
      name: 'parameters per phase',
      does: 'authorize, token, refresh',
      here: ['#authorizeParams', '#tokenParams', '#refreshParams'],
    },
    { name: 'renamed parameters', does: 'such as `client_key` for `client_id`', here: ['#renamedParams'] },
    { name: 'token path', does: 'where the token is in the answer', here: ['#tokenPath'] },
    {
      name: 'token metadata',
      does: 'keeps such as `instance_url`, and lets the token go there',
      here: ['#capturedMetadata', '#toldOrigin'],
    },
    {
      name: 'redirect metadata',
      does: 'keeps such as `realmId` of the callback',
      here: ['#callbackMetadata'],
    },
    { name: 'refresh URL', does: 'an endpoint of its own', here: ['#refreshUrl'] },
    { name: 'header name', does: 'such as `X-Shopify-Access-Token`', here: ['#tokenHeader'] },
    { name: 'refresh on 403', does: 'for servers that do not answer 401', here: ['#refreshOn'] },
    { name: 'resource, audience', does: 'what the token is for', here: ['#resource'] },
    { name: 'dynamic registration', does: 'no client id needed', here: ['#registration'] },
    { name: 'several accounts', does: 'one connection, many users', here: ['#severalAccounts'] },
    { name: 'DPoP', does: 'binds tokens to a key', here: ['#dpop'] },
    { name: 'PAR', does: 'pushes the authorization request', here: ['#par'] },
    { name: 'token exchange', does: 'on behalf of somebody', here: ['#tokenExchange'] },
  ],
};

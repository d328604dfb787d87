import type { MessageTemplate } from './template';

/** Failures of finding out from an API itself where to sign in. */
export const apiErrorTexts = {
  'api.signInUnknown': {
    message: 'The API at {origin} does not say where to sign in. Tried: {tried}',
    next: 'Look up the issuer in the documentation of the API and add it with "Latchkey: Add Connection".',
  },
  'api.metadataInvalid': {
    message: 'What {url} says about signing in to the API cannot be used: {reason}',
    next: 'Tell those who run the API, or add a connection with its issuer to latchkey.yaml.',
  },
  'api.resourceMismatch': {
    message: '{url} describes the API {found}, but the request goes to {asked}.',
    next: 'If {found} is the right address of the API, send the request there. If not, do not sign in: somebody may be after another API’s token.',
  },
  'api.serversUnusable': {
    message: '{url} names no authorization server that can be used: {found}',
    next: 'Tell those who run the API, or add a connection with its issuer to latchkey.yaml.',
  },
  'api.serverOnThisMachine': {
    message: 'The API at {origin} is elsewhere, but the {endpoint} of its authorization server is on this machine.',
    next: 'Do not sign in: somebody may want to reach a program that runs here.',
  },
  'api.insecure': {
    message:
      '{origin} is not encrypted (http): anybody on the way could read a token or answer in the place of the API.',
    next: 'Use https, or add a connection that lists {origin} to latchkey.yaml and approve it.',
  },
  'api.headerNotTaken': {
    message:
      'The API at {origin} does not take tokens in the Authorization header, the one way that Latchkey sends them: {methods}',
    next: 'Tell those who run the API; tokens in a URL or a body end up in logs.',
  },
} as const satisfies Record<string, MessageTemplate>;

import type { RequirementGroup } from './requirement';

export const authorizationRequests: RequirementGroup = {
  title: 'Authorization request and user agent',
  requirements: [
    {
      id: 'A1',
      level: 'must',
      text: 'The authorization request opens in the browser outside the editor, never in a webview.',
      source: 'RFC 8252 §5, §8.12; OAuth 2.1 §8.5.1',
    },
    {
      id: 'A2',
      level: 'must',
      text: 'People sign in with `response_type=code`; the implicit and the password grant are not used.',
      source: 'RFC 9700 §2.1.2, §2.4',
    },
    {
      id: 'A3',
      level: 'must',
      text: 'Every authorization code flow uses PKCE, whether the client has a secret or not; the few providers whose sign-ins it breaks are named by presets, and the user is warned.',
      source: 'RFC 9700 §2.1.1; RFC 8252 §6, §8.1',
    },
    {
      id: 'A4',
      level: 'must',
      text: 'The code challenge method is `S256`; `plain` is never chosen silently.',
      source: 'RFC 7636 §4.2; RFC 9700 §2.1.1; OAuth 2.1 §4.1.1',
    },
    {
      id: 'A5',
      level: 'should',
      text: 'The code verifier is made of 32 random bytes and has 43 to 128 unreserved characters.',
      source: 'RFC 7636 §4.1',
    },
    {
      id: 'A6',
      level: 'must',
      text: 'Verifier, challenge, state and nonce belong to one attempt; another attempt, also after an error, has fresh ones.',
      source: 'RFC 9700 §2.1.1; OAuth 2.1 §7.5.1.1',
    },
    {
      id: 'A7',
      level: 'must',
      text: 'Each request has a `state` of at least 128 random bits that works once, is compared in constant time, and without which no answer is taken.',
      source: 'RFC 9700 §2.1, §4.7.1; OAuth 2.1 §7.10',
      note: 'That the comparison takes the same time for every value is seen in its code and in no test.',
    },
    {
      id: 'A8',
      level: 'must',
      text: '`state` is an opaque handle that carries no data to be protected; no secret is in `state` or `scope`.',
      source: 'RFC 9700 §4.7.1; OAuth 2.1 §4.1.1',
      note: 'Over a relay it names the editor to forward to as well: out of a closed list, never by an address. It is compared as a whole, so that a changed name is a wrong state.',
    },
    {
      id: 'A9',
      level: 'must',
      text: 'PKCE is not what protects against forged answers, since a server may ignore it: `state` is checked whatever the metadata says about PKCE.',
      source: 'RFC 9700 §2.1.1, §4.7.1, §4.8.2',
    },
    {
      id: 'A10',
      level: 'must',
      text: '`redirect_uri` is absolute, has no fragment, keeps the query that it was registered with, and is always sent.',
      source: 'RFC 6749 §3.1.2; OAuth 2.1 §2.3',
    },
    {
      id: 'A11',
      level: 'should',
      text: 'Only the scopes that are configured or asked for are requested, bound to the `resource` or `audience` of the connection.',
      source: 'RFC 9700 §2.3; RFC 8707 §2',
    },
    {
      id: 'A12',
      level: 'should',
      text: 'The client configures itself from the server’s metadata, whose `issuer` must be the one that was asked.',
      source: 'RFC 8414 §3.3; RFC 9700 §2.6',
    },
    {
      id: 'A13',
      level: '–',
      text: 'No authorization URL that a file of a repository leads to is opened before the user has seen its hosts and allowed them.',
      source: 'OAuth 2.1 §7.9, §7.13.1; RFC 9700 §4.11.1',
    },
  ],
};

import type { RequirementGroup } from './requirement';

export const tokenEndpoint: RequirementGroup = {
  title: 'Token endpoint',
  requirements: [
    {
      id: 'T1',
      level: 'must',
      text: 'Token requests are POST over https with a checked certificate; nothing switches that check off in passing.',
      source: 'RFC 6749 §3.2; OAuth 2.1 §1.5, §7.1.3.2',
    },
    {
      id: 'T2',
      level: 'must',
      text: 'A request authenticates the client in exactly one way, and never in the URL.',
      source: 'RFC 6749 §2.3, §2.3.1',
    },
    {
      id: 'T3',
      level: '–',
      text: 'A secret can go into the Authorization header or into the body, since servers differ in what they take.',
      source: 'RFC 6749 §2.3.1; OAuth 2.1 §2.4.1',
    },
    {
      id: 'T4',
      level: 'must',
      text: 'A client without a secret is public and registers as such; no secret is ever written into a request or project file.',
      source: 'RFC 8252 §8.4, §8.5',
    },
    {
      id: 'T5',
      level: 'should',
      text: 'A confidential client can authenticate with a key of its own: `private_key_jwt` or mutual TLS.',
      source: 'RFC 9700 §2.5; RFC 7523 §2.2; RFC 8705 §2',
    },
    {
      id: 'T6',
      level: '–',
      text: '`redirect_uri` is sent with the code, as servers of RFC 6749 need it although OAuth 2.1 dropped it.',
      source: 'RFC 6749 §4.1.3; OAuth 2.1 §10.2',
    },
    {
      id: 'T7',
      level: 'must',
      text: 'Unknown members of an answer are ignored; a token without `expires_in`, or one that dies early, is used until a 401 says so.',
      source: 'RFC 6749 §5.1; OAuth 2.1 §1.4',
    },
    {
      id: 'T8',
      level: 'must',
      text: 'Granted scopes that differ from the requested ones are noticed and told, and no failure.',
      source: 'RFC 6749 §5.1',
    },
    {
      id: 'T9',
      level: 'should',
      text: 'An authorization code is sent once, and not again after a failure in doubt; only a server that asks for a DPoP nonce first gets it again, with the nonce.',
      source: 'RFC 6749 §4.1.2; RFC 9700 §4.5; OAuth 2.1 §7.5.2',
    },
    {
      id: 'T10',
      level: 'must',
      text: 'A redirect of the token endpoint is not followed.',
      source: 'OAuth 2.1 §1.6, §7.5.3',
    },
  ],
};

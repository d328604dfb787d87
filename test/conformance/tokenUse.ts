import type { RequirementGroup } from './requirement';

export const tokenUse: RequirementGroup = {
  title: 'Refresh, storage and use',
  requirements: [
    {
      id: 'F1',
      level: 'must',
      text: 'Refresh tokens of public clients are rotated or bound to a key, and a replay ends the whole family.',
      source: 'RFC 9700 §2.2.2, §4.14.2',
      note: 'A duty of the server. What a test of the client can show is that it lives with such a server: no window and no second caller ever replays a token.',
    },
    {
      id: 'F2',
      level: 'must',
      text: 'A new refresh token replaces the old one and is stored before the new access token is used; without a new one the old is kept.',
      source: 'RFC 6749 §6; OAuth 2.1 §4.3.2',
    },
    {
      id: 'F3',
      level: 'must',
      text: 'A refresh never asks for more scopes than were granted.',
      source: 'RFC 6749 §6',
    },
    {
      id: 'F4',
      level: 'should',
      text: 'Access tokens are restricted to an audience and, where the server offers it, bound to a key (DPoP or mutual TLS).',
      source: 'RFC 9700 §2.2.1, §2.3, §4.10; RFC 9449; RFC 8705',
    },
    {
      id: 'F5',
      level: 'must',
      text: 'An access token is not put into a URL, and a request carries it in one way only: the Authorization header. Where an API takes it nowhere else, the request file or a preset may name the place, with a warning for the URL.',
      source: 'RFC 6750 §2; RFC 9700 §4.3.2',
    },
    {
      id: 'F6',
      level: 'must',
      text: 'An access token is not put into a cookie.',
      source: 'RFC 6750 §5.3; OAuth 2.1 §7.1.3.4',
    },
    {
      id: 'F7',
      level: 'must',
      text: 'A token goes only to the origins that the user allowed for its connection, and is dropped on a redirect to any other origin.',
      source: 'RFC 9700 §4.9, §4.10.2; second half derived',
    },
    {
      id: 'F8',
      level: 'may',
      text: 'A 401 gets the token renewed and the request sent once more; a 403 `insufficient_scope` offers to ask for the scopes that lack; nothing else is sent again.',
      source: 'RFC 6750 §3.1; RFC 9470',
    },
    {
      id: 'F9',
      level: 'must',
      text: 'With DPoP each request has a proof of its own; a server that wants a nonce gets the request again with it, and its newest nonce is remembered.',
      source: 'RFC 9449 §4, §8, §9',
    },
    {
      id: 'F10',
      level: 'should',
      text: 'Signing out revokes, the refresh token first, and forgets the tokens here whatever the server answers.',
      source: 'RFC 7009 §2.1–2.2.1',
    },
    {
      id: 'F11',
      level: 'should',
      text: 'Tokens are kept in SecretStorage, and are in no setting, file, log or URL.',
      source: 'RFC 9700 §4.14; RFC 8252 (derived)',
    },
    {
      id: 'F12',
      level: 'must',
      text: 'The device flow shows code and address, polls every 5 seconds unless told otherwise, slows down for good when told to, backs off on timeouts, and stops when refused or expired.',
      source: 'RFC 8628 §3.2–3.5, §5.4',
    },
  ],
};

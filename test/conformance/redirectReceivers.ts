import type { RequirementGroup } from './requirement';

export const redirectReceivers: RequirementGroup = {
  title: 'Redirect receivers',
  requirements: [
    {
      id: 'R1',
      level: 'must',
      text: 'Servers compare redirect URIs exactly, except the port of a loopback address, so precisely the registered string is sent, and the same again with the code.',
      source: 'RFC 9700 §2.1, §4.1.3; RFC 6749 §4.1.3',
    },
    {
      id: 'R2',
      level: 'should',
      text: 'An https redirect that the platform hands to the app is preferred where there is one.',
      source: 'RFC 8252 §7.2',
      note: 'VS Code on the desktop cannot claim an https address. In browser windows the address that `asExternalUri` gives is used, and a fixed https page (a relay) where a connection names one.',
    },
    {
      id: 'R3',
      level: 'must',
      text: 'The loopback redirect is `http://127.0.0.1:{port}/{path}` with whatever port is free, not `localhost`.',
      source: 'RFC 8252 §7.3, §8.3',
      note: '`http://[::1]` is used where a machine has no 127.0.0.1; `localhost` only where a provider takes nothing else.',
    },
    {
      id: 'R4',
      level: 'should',
      text: 'The listener opens when a sign-in starts, closes when it ends in whatever way, and is bound to the loopback interface only.',
      source: 'RFC 8252 §8.3',
    },
    {
      id: 'R5',
      level: 'should',
      text: 'On Windows the listener has its address for itself.',
      source: 'RFC 8252 App. B.3',
      note: 'Node has no option for it. A program that shared the port would get a code that is worthless without the code verifier.',
    },
    {
      id: 'R6',
      level: 'must',
      text: 'A private-use scheme is a domain name in reverse order, and used only where nothing better is available.',
      source: 'RFC 8252 §7.1, §8.4',
      note: 'The editor owns its scheme and it has no dot (`vscode:`), so no extension can fulfil the first half. The loopback is preferred where it works, and whoever steals an answer lacks the code verifier.',
    },
    {
      id: 'R7',
      level: 'must',
      text: 'Plain http is used for a redirect on the loopback only.',
      source: 'RFC 9700 §2.6; RFC 8252 §8.3',
    },
    {
      id: 'R8',
      level: 'should',
      text: 'The page after the callback loads nothing from anywhere, is not stored, sends no referrer, and does not leave the code in the address bar or the history.',
      source: 'RFC 9700 §4.2.4, §4.3.1',
      note: 'This is the page of the loopback redirect. In browser windows VS Code answers with a page of its own.',
    },
    {
      id: 'R9',
      level: 'must',
      text: 'Unknown parameters of an answer are ignored, and everything in it is treated as hostile before it is shown.',
      source: 'RFC 6749 §4.1.2; OAuth 2.1 §7.12',
    },
    {
      id: 'R10',
      level: 'must',
      text: 'A wrong path, method or Host, or a repeated parameter, is never taken for the answer; on the listener it gets a 4xx and does not use up the sign-in.',
      source: 'derived (DNS rebinding; RFC 6749 §3.1)',
      note: 'An answer with the right `state` and a repeated parameter comes from the server itself: it ends the sign-in with an error, before any token request, instead of leaving the user waiting.',
    },
    {
      id: 'R11',
      level: 'must',
      text: 'An error answer is shown only after its `state` and `iss` have been checked like those of a success.',
      source: 'RFC 9207 §2, §2.4',
    },
  ],
};

export const mixUp: RequirementGroup = {
  title: 'Mix-up of servers',
  requirements: [
    {
      id: 'X1',
      level: 'must',
      text: 'A client of several servers defends itself against one of them passing off another’s answer as its own.',
      source: 'RFC 9700 §2.1, §4.4.2',
    },
    {
      id: 'X2',
      level: 'must',
      text: 'The issuer is remembered with each request, and the code goes to the token endpoint of that issuer only.',
      source: 'RFC 9700 §4.4.2',
    },
    {
      id: 'X3',
      level: 'must',
      text: 'An `iss` in the answer equals the remembered issuer, and is there when the metadata promises it; else the sign-in ends without a token request.',
      source: 'RFC 9207 §2.4',
    },
    {
      id: 'X4',
      level: 'may',
      text: 'Without `iss`, each server can have a redirect URI of its own, by the path of the loopback redirect.',
      source: 'RFC 9700 §4.4.2.2; RFC 8252 §8.10',
    },
    {
      id: 'X5',
      level: '–',
      text: 'Issuer, audience and nonce of the ID token are checked, which defends against injected codes too.',
      source: 'RFC 9700 §4.4.2.1, §4.5.3.2; OpenID Connect Core §3.1.3.7',
    },
  ],
};

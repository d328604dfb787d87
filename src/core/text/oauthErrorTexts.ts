import type { MessageTemplate } from './template';

export const oauthErrorTexts = {
  'oauth.serverUnreachable': {
    message: 'The authorization server {host} cannot be reached: {reason}',
    next: 'Check the address in latchkey.yaml, the network and the proxy settings, then try again. Nobody was signed out.',
  },
  'oauth.serverTimedOut': {
    message: 'The authorization server {host} did not answer within {seconds} seconds.',
    next: 'Try again in a moment. Nobody was signed out.',
  },
  'oauth.serverBusy': {
    message: 'The authorization server {host} cannot answer now (HTTP {status}).',
    next: 'Try again in {seconds} seconds or more. Nobody was signed out.',
  },
  'oauth.responseTooLarge': {
    message: 'The answer of the authorization server {host} is larger than {bytes} bytes and was not read.',
    next: 'Check that the issuer and the endpoints in latchkey.yaml belong to an authorization server.',
  },
  'oauth.issuerInvalid': {
    message: 'The issuer of the connection "{connection}" is not an http or https URL: {issuer}',
    next: 'Write the issuer as the server publishes it, such as https://login.example.com.',
  },
  'oauth.insecureEndpoint': {
    message: '{origin} is not encrypted (http), so sign-in data sent there could be read by anybody on the way.',
    next: 'Use https. For a development server that only has http, add {origin} to the origins of the connection and approve it.',
  },
  'oauth.endpointInvalid': {
    message: 'The {purpose} endpoint is not a usable http or https URL: {url}',
    next: 'Correct it in latchkey.yaml or, when the server published it, in the server’s metadata.',
  },
  'oauth.endpointMissing': {
    message: 'The connection "{connection}" has no {purpose} endpoint: neither latchkey.yaml nor the issuer names one.',
    next: 'Add an issuer that publishes its metadata, or write the endpoint into latchkey.yaml.',
  },
  'oauth.discoveryNotFound': {
    message: 'The issuer {issuer} publishes no metadata (HTTP {status} for {url}).',
    next: 'Check the issuer, or write authorizationUrl and tokenUrl into latchkey.yaml.',
  },
  'oauth.discoveryNotJson': {
    message: 'What the issuer {issuer} publishes at {url} is not JSON.',
    next: 'Check that the issuer is the address of the authorization server and not of a web page or a login wall.',
  },
  'oauth.discoveryInvalid': {
    message: 'The metadata of the issuer {issuer} cannot be used: {reason}',
    next: 'Correct the server’s metadata, or write authorizationUrl and tokenUrl into latchkey.yaml without an issuer.',
  },
  'oauth.issuerMismatch': {
    message: 'The metadata of {issuer} names another issuer: {found}',
    next: 'If {found} is the right one, write it into latchkey.yaml. If not, do not sign in: somebody may be posing as the server.',
  },
  'oauth.certificateMissing': {
    message: 'The connection "{connection}" authenticates with a client certificate, and there is none for {origin}.',
    next: 'Add {origin} under tls: in latchkey.yaml, with cert: and key:, or with pfx:.',
  },
  'oauth.clientSecretMissing': {
    message: 'The connection "{connection}" authenticates its client with {method} but has no client secret.',
    next: 'Add clientSecret, or use clientAuth: none for a public client.',
  },
  'oauth.clientIdMissing': {
    message: 'The connection "{connection}" signs in as its client but has no clientId.',
    next: 'Write the id of the client that is registered at the server as clientId into latchkey.yaml.',
  },
  'oauth.secretNotStored': {
    message: 'The secret "{name}" of the connection "{connection}" is not stored in this editor for its folder.',
    next: 'Sign in again; Latchkey asks for it then.',
  },
  'oauth.registrationUnsupported': {
    message: 'The connection "{connection}" has no clientId, and {host} does not register clients by itself.',
    next: 'Register a client at {host} with the addresses that "Latchkey: Copy Redirect URIs" gives you, and write its id as clientId into latchkey.yaml.',
  },
  'oauth.registrationRefused': {
    message: '{host} refused to register a client for {purpose} ({error}): {description}',
    next: 'Register a client at {host} yourself and write its id as clientId into latchkey.yaml.',
  },
  'oauth.portTaken': {
    message: 'Every port that the connection "{connection}" may use for sign-in is taken on this machine: {ports}',
    next: 'Close the program that uses the port, or add another port to redirect in latchkey.yaml and register it with the server.',
  },
  'oauth.redirectUnavailable': {
    message: 'The browser cannot come back to {uri} from here: {reason}',
    next: 'Try another way, or paste the address that the browser ends on.',
  },
  'oauth.noRedirect': {
    message: 'There is no way for the browser to come back to this window for the connection "{connection}".',
    next: 'Remove redirect from the connection, so that Latchkey can choose.',
  },
  'oauth.callbackStateMissing': {
    message: 'An answer of a sign-in arrived without its state, so it was ignored.',
    next: 'Finish the sign-in in the browser page that Latchkey opened.',
  },
  'oauth.callbackStateUnknown': {
    message: 'An answer arrived that belongs to another or an ended sign-in, so it was ignored.',
    next: 'Finish the sign-in that was started last, or start again.',
  },
  'oauth.callbackRepeated': {
    message: 'The answer of {host} holds "{parameter}" more than once, so it was refused.',
    next: 'Sign in again. If it happens again, the server or something between it and this machine is broken.',
  },
  'oauth.callbackIssuerWrong': {
    message: 'The answer says that it comes from {found}, but the sign-in was started at {issuer}.',
    next: 'Do not go on with this sign-in: somebody may be mixing up two servers. Check the issuer in latchkey.yaml.',
  },
  'oauth.callbackIssuerMissing': {
    message: 'The answer does not say that it comes from {issuer}, although that server promises to say so.',
    next: 'Sign in again. If it happens again, something between the server and this machine changes the answer.',
  },
  'oauth.callbackInvalid': {
    message: 'The answer of {host} holds no authorization code that can be used.',
    next: 'Sign in again. The connection must use the authorization code grant with response mode "query".',
  },
  'oauth.accessDenied': {
    message: 'Access was denied at {host}: {description}',
    next: 'Sign in again and allow the access, or ask for fewer scopes.',
  },
  'oauth.authorizationRefused': {
    message: '{host} refused the sign-in ({error}): {description}',
    next: 'Check the client id, the scopes and the redirect URIs of the connection against what is registered at the server.',
  },
  'oauth.resourceRefused': {
    message: '{host} gives out no token for the API that the connection names ({error}): {description}',
    next: 'Correct resource: in latchkey.yaml to the identifier that the server has for the API, or remove it; some servers want audience: instead.',
  },
  'oauth.pushRefused': {
    message: '{host} refused the sign-in before the browser was opened ({error}): {description}',
    next: 'Check the client id, the scopes and the redirect URIs of the connection against what is registered at the server. If its pushed requests (PAR) are at fault, par: false does without them.',
  },
  'oauth.pushFailed': {
    message: '{host} offers to take sign-ins directly (PAR), but did not take this one: {reason}.',
    next: 'Look into the server, or do without with par: false in latchkey.yaml.',
  },
  'oauth.signInUrlExpired': {
    message:
      'Nothing came back from {host} within {minutes} minutes. Its sign-in page had to be opened within {seconds} seconds.',
    next: 'Sign in again and open the page at once. When the browser cannot come back, use "Paste the URL instead".',
  },
  'oauth.signInTimedOut': {
    message: 'Nothing came back from {host} within {minutes} minutes.',
    next: 'Sign in again. When the browser cannot come back, use "Paste the URL instead".',
  },
  'oauth.deviceRequestRefused': {
    message: '{host} does not start a sign-in with a code ({error}): {description}',
    next: 'Check that the client may use the device authorization grant there, and the scopes of the connection.',
  },
  'oauth.deviceResponseInvalid': {
    message: 'What {host} answered to start a sign-in with a code cannot be used: {reason}',
    next: 'Check the device authorization endpoint of the connection.',
  },
  'oauth.userCodeUnsafe': {
    message: '{host} sent a code that cannot be shown safely, so the sign-in was not started.',
    next: 'Sign in again. If it happens again, use grant: authorizationCode for this server.',
  },
  'oauth.deviceCodeExpired': {
    message: 'The code was not confirmed at {host} within {minutes} minutes, so it has expired.',
    next: 'Sign in again: there will be a new code.',
  },
  'oauth.codeRejected': {
    message: '{host} did not accept the authorization code; it has expired or was already used: {description}',
    next: 'Sign in again.',
  },
  'oauth.clientRejected': {
    message: '{host} does not accept this client ({error}): {description}',
    next: 'Check clientId and clientAuth of the connection, then sign in again; a client secret is asked for anew.',
  },
  'oauth.tokenRequestRefused': {
    message: '{host} refused to give out a token ({error}): {description}',
    next: 'Check the scopes, the client and the parameters of the connection.',
  },
  'oauth.tokenResponseInvalid': {
    message: 'The token that {host} sent cannot be used: {reason}',
    next: 'Check that the token endpoint of the connection is right; the log says more.',
  },
  'oauth.tokenNotBound': {
    message: '{host} gave out a token that is not bound to the key of this sign-in, so it was not used.',
    next: 'Let the server bind tokens of this client (DPoP, RFC 9449), or remove dpop: true from the connection.',
  },
  'oauth.dpopUnsupported': {
    message: '{host} does not take proofs that are signed with ES256, only with {algorithms}.',
    next: 'Remove dpop: true from the connection, or let the server take ES256.',
  },
  'oauth.idTokenInvalid': {
    message: 'The ID token that {host} sent failed its check: {reason}',
    next: 'Check the issuer, the client id and this machine’s clock, then sign in again.',
  },
  'oauth.introspectionRefused': {
    message: '{host} did not tell about the token ({error}): {description}',
    next: 'Many servers answer only to clients with a secret, or to the API itself. The token stays as it is.',
  },
  'oauth.introspectionInvalid': {
    message: 'What {host} told about the token cannot be used: {reason}',
    next: 'Check that the introspection endpoint of the connection is right.',
  },
  'oauth.notRenewable': {
    message: 'The token of {account} cannot be renewed without signing in: the server gave out no refresh token.',
    next: 'Sign in again when it has expired. Many servers give out a refresh token when the scope offline_access is asked for.',
  },
  'oauth.refreshRefused': {
    message: '{host} did not renew the token of {account} ({error}): {description}',
    next: 'Check the client of the connection, or sign in again.',
  },
  'oauth.refreshEnded': {
    message: '{host} has ended the session of {account} ({error}): {description}',
    next: 'Sign in again.',
  },
  'oauth.accountChanged': {
    message: '{host} answered the renewal for {account} with tokens of somebody else. They were not used.',
    next: 'Sign in again. If it happens again, tell whoever runs the server.',
  },
  'oauth.signInAgain': {
    message: 'The session of {account} has ended.',
    next: 'Sign in again.',
  },
  'oauth.sessionGone': {
    message: 'This session is no longer in the secret storage.',
    next: 'Sign in again. If it happens after each restart, this editor has no lasting secret storage.',
  },
  'oauth.secretStoreFailed': {
    message: 'The editor’s secret storage could not {action}: {reason}',
    next: 'Unlock or repair the system’s keyring, then try again. Nothing was stored half.',
  },
} as const satisfies Record<string, MessageTemplate>;

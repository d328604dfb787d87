import type { MessageTemplate } from '../template';

/** What is wrong with connections and certificates. */
export const connectionDiagnosticTexts = {
  'tls.badOrigin': {
    message: '{origin} is not an https origin.',
    next: 'Write scheme and host, and the port where it is not 443, such as https://api.example.com. Variables and wildcards are not allowed.',
  },
  'tls.originTwice': {
    message: '{origin} is here twice.',
    next: 'Put what belongs to it into one entry.',
  },
  'tls.badSource': {
    message: '{key} takes a file of this folder or a secret.',
    next: 'Write {key}: ./{example}, or {key}: ${secret:name}. Latchkey asks for the secret and keeps it in SecretStorage.',
  },
  'tls.badFile': {
    message: '{key} takes a file of this folder.',
    next: 'Write {key}: ./{example}, with the path relative to this file.',
  },
  'tls.certMissing': {
    message: 'There is a key for {origin}, but no certificate that it belongs to.',
    next: 'Add cert: with the file of the certificate.',
  },
  'tls.certAndPfx': {
    message: 'There are two client certificates for {origin}: in pfx, and in cert and key.',
    next: 'Keep one of them.',
  },
  'tls.unverified': {
    message:
      'The certificate of {origin} is not checked: whoever is between you and it can read and change everything.',
    next: 'Better add the authority that signed it as ca:, and remove verify.',
  },
  'connection.unknown': {
    message: 'There is no connection {connection} in latchkey.yaml.',
    next: 'Connections are: {known}.',
  },
  'connection.noOrigins': {
    message: 'The connection {connection} does not say where its token may go.',
    next: 'Add origins: with the addresses of the API, such as origins: [https://api.example.com].',
  },
  'connection.badOrigin': {
    message: '{origin} is not an origin.',
    next: 'Write scheme and host, such as https://api.example.com; wildcards are not allowed.',
  },
  'connection.badUrl': {
    message: '{key} must be an http: or https: URL; {value} is none.',
    next: 'Write the complete address, such as https://login.example.com.',
  },
  'connection.badRedirect': {
    message: '{key} must be an https: URL, or an http: URL of this machine, without a # in it; {value} is none.',
    next: 'Write the address that is registered at the server, such as https://example.com/callback.',
  },
  'connection.incomplete': {
    message: 'The connection {connection} does not say where to sign in.',
    next: 'Add issuer:, or authorizationUrl: and tokenUrl:.',
  },
  'connection.incompleteForClient': {
    message: 'The connection {connection} does not say where its client gets a token.',
    next: 'Add issuer:, or tokenUrl:.',
  },
  'connection.vscodeAlone': {
    message: '{key} means nothing beside vscode: VS Code itself signs in to {provider}.',
    next: 'Remove {key}, or remove vscode and sign in with this connection.',
  },
  'connection.vscodeSelf': {
    message: 'latchkey is Latchkey itself, not an account of VS Code.',
    next: 'Name another provider, such as github or microsoft.',
  },
  'connection.unknownPreset': {
    message: 'There is no preset {preset}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or describe the provider with issuer: or authorizationUrl: and tokenUrl:.',
  },
  'connection.unknownPresetHere': {
    message: 'There is no preset {preset}.',
    next: 'Presets are: {known}. Any other provider is described with issuer: or authorizationUrl: and tokenUrl:.',
  },
  'connection.presetNeedsIssuer': {
    message: 'Every customer of {preset} has another address to sign in at.',
    next: 'Add yours, such as issuer: {form}.',
  },
  'connection.presetNeedsSecret': {
    message: '{preset} gives tokens only to clients with a secret.',
    next: 'Add clientSecret: ${secret:name} with a name of your choice. Latchkey asks for the secret and keeps it in SecretStorage.',
  },
  'connection.withoutPkce': {
    message:
      '{preset} fails sign-ins with PKCE, so this one is without: whoever gets hold of the code in the browser’s answer and knows the client secret can use it.',
    next: 'Nothing needs to be done. Keep the client secret to yourself.',
  },
  'connection.grantRefused': {
    message: 'The grant {grant} is not safe any more (RFC 9700), so Latchkey does not offer it.',
    next: 'Use grant: {instead}.',
  },
  'connection.secretInFile': {
    message: '{key} takes the name of a secret; a secret itself has no place in a file, nor in a variable.',
    next: 'Write {key}: ${secret:name} with a name of your choice. Latchkey asks for the secret and keeps it in SecretStorage.',
  },
  'connection.fileOutside': {
    message: 'The file {file} lies outside of the workspace folder, where Latchkey reads nothing.',
    next: 'Write a path relative to this file, with / between its parts, that stays inside the folder.',
  },
  'connection.fileForbidden': {
    message: 'The file {file} is never read as a key or certificate.',
    next: 'Use a file that is no .env file, not in .git and not latchkey.local.yaml; or ${secret:name}.',
  },
  'connection.certificateMissing': {
    message: 'The connection {connection} authenticates with a client certificate, and there is none for {origin}.',
    next: 'Add {origin} under tls: with cert: and key:, or with pfx:.',
  },
  'connection.clientIdMissing': {
    message: 'The connection {connection} signs in as its client but names none.',
    next: 'Add clientId: with the client that is registered at the server.',
  },
  'connection.privateKeyMissing': {
    message: 'The connection {connection} signs assertions but names no key.',
    next: 'Add privateKey: ${secret:name}. Latchkey asks for the key and keeps it in SecretStorage.',
  },
  'connection.exchangeMissing': {
    message: 'The connection {connection} exchanges a token but does not say which.',
    next: 'Add exchange: { subject: { connection: name } }.',
  },
  'connection.exchangeCircular': {
    message: 'A token is exchanged for itself: {chain}.',
    next: 'Take the token of a connection that somebody signs in to.',
  },
  'connection.exchangeFaulty': {
    message: 'The connection {subject}, whose token {connection} exchanges, has mistakes.',
    next: 'Correct {subject} first.',
  },
  'connection.clientSecretMissing': {
    message: 'The connection {connection} has no clientSecret to authenticate its client with.',
    next: 'Add clientSecret: ${secret:name}, or clientAuth: none for a client without a secret.',
  },
} as const satisfies Record<string, MessageTemplate>;

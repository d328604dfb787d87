import type { MessageTemplate } from './template';

/** Errors about what clients prove themselves with: keys, certificates, and the files they are in. */
export const clientErrorTexts = {
  'oauth.keyInvalid': {
    message: 'The private key {key} cannot be read: it is neither a private key in PEM nor a JWK.',
    next: 'Use a PEM file that begins with "BEGIN PRIVATE KEY", or a JWK with its private part.',
  },
  'oauth.keyEncrypted': {
    message: 'The private key {key} is protected by a passphrase, which cannot be used here.',
    next: 'Take the passphrase off with "openssl pkcs8 -topk8 -nocrypt -in key.pem" and keep the result in SecretStorage as ${secret:name}.',
  },
  'oauth.keyNotPrivate': {
    message: 'The private key {key} holds a {found} and no private key.',
    next: 'Use the private key that belongs to it; the public one is for the server.',
  },
  'oauth.keyUnsupported': {
    message: 'The private key {key} is of a kind that cannot be used here: {type}.',
    next: 'Use an RSA key, an EC key on P-256, P-384 or P-521, or an Ed25519 key, in PEM (PKCS#8) or as a JWK.',
  },
  'oauth.keyAlgorithmWrong': {
    message: 'The private key {key} is of the type {type} and cannot sign with {algorithm}.',
    next: 'Use one of {fits} as algorithm, or leave it out; or use a key of the type {wanted}.',
  },
  'oauth.keyMissing': {
    message: 'The connection "{connection}" signs assertions but has no private key.',
    next: 'Add privateKey: ${secret:name} or privateKey: ${file:./key.pem} to the connection.',
  },
  'oauth.issuedTokenUnusable': {
    message: '{host} exchanged the token for one that cannot be sent to an API: {type}',
    next: 'Ask for another kind with exchange: { requestedType }, such as urn:ietf:params:oauth:token-type:access_token.',
  },
  'oauth.subjectSignedOut': {
    message: 'Nobody is signed in to the connection "{subject}", whose token "{connection}" exchanges for its own.',
    next: 'Sign in to {subject} first.',
  },
  'oauth.subjectUntrusted': {
    message: 'The connection "{subject}", whose token "{connection}" exchanges, has not been allowed for this folder.',
    next: 'Sign in to {subject} in this folder first.',
  },
  'oauth.fileChanged': {
    message: 'The file {file} of the connection "{connection}" has changed since you allowed it.',
    next: 'Sign in again; Latchkey shows what has changed and asks.',
  },
  'file.outside': {
    message: 'The file {file} is not used: it is outside of the workspace folder.',
    next: 'Move it into the workspace folder, or keep its content in SecretStorage as ${secret:name}.',
  },
  'file.forbidden': {
    message: 'The file {file} is not used: .env files, .git and latchkey.local.yaml are never read as files.',
    next: 'Use another file, or keep its content in SecretStorage as ${secret:name}.',
  },
  'file.notFound': {
    message: 'The file {file} is not there.',
    next: 'Check the path; it is relative to the file that names it.',
  },
  'file.unreadable': {
    message: 'The file {file} cannot be read: {reason}',
    next: 'Check that it is a file and may be read.',
  },
  'file.tooLarge': {
    message: 'The file {file} is not used: it has more than {bytes} bytes.',
    next: 'Use a smaller file.',
  },
  'file.changed': {
    message: 'The file {file} has changed while it was sent.',
    next: 'Send again, once nothing writes to it any more.',
  },
  'file.notLocal': {
    message: 'The file {file} cannot be used: its workspace folder is not on a disk.',
    next: 'Open the folder from a disk. A key can be kept in SecretStorage instead, as ${secret:name}.',
  },
} as const satisfies Record<string, MessageTemplate>;

import type { MessageTemplate } from '../template';

/** What is wrong with requests and their settings. */
export const requestEntryTexts = {
  'request.quotesLost': {
    message: 'YAML takes these quotes away, so {name} is sent without them; an entity tag needs them.',
    next: 'Write {replacement}.',
  },
  'request.looksLikeSecret': {
    message: 'The value of {key} looks like a credential; whatever stands in a file is committed with it.',
    next: 'Move it to SecretStorage and write ${secret:name} here.',
  },
  'request.emptyMessage': {
    message: 'This message has nothing to send.',
    next: 'Give it a text, json, file or base64, or leave it out.',
  },
  'request.messagesAlone': {
    message: 'messages are sent over a WebSocket, and this request opens none.',
    next: 'Write websocket: with the URL instead of the method, or remove messages.',
  },
  'request.socketBody': {
    message: 'A WebSocket has no {key}: what is sent over it are its messages.',
    next: 'Write it below messages:, such as - json: { … }.',
  },
  'request.unknownKey': {
    message: 'Unknown key {key} in {place}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or start it with x- to have it ignored.',
  },
  'request.unknownKeyHere': {
    message: 'Unknown key {key} in {place}.',
    next: 'Known keys are: {known}. Keys that start with x- are ignored.',
  },
  'request.keyElsewhere': {
    message: '{key} does not belong in {place}.',
    next: 'Move it to where it counts: {elsewhere}.',
  },
  'request.requestAtTop': {
    message: '{key} stands at the top of the file, where only settings are.',
    next: 'Put it below requests:, indented by two spaces.',
  },
  'request.wrongKind': {
    message: '{key} must be {expected}.',
    next: 'Write {example}.',
  },
  'request.unknownValue': {
    message: '{value} is not a value of {key}.',
    next: 'Use one of: {known}.',
  },
  'request.badName': {
    message: '{name} cannot be a name.',
    next: 'Use letters, digits, _ and -, with spaces only inside.',
  },
  'request.doubleBraces': {
    message: '{value} is not expanded; it is sent as it stands.',
    next: 'Variables are written {replacement}.',
  },
  'request.singleBraces': {
    message: '{value} is not expanded; it is sent as it stands.',
    next: 'Variables are written {replacement}.',
  },
  'request.keyExpression': {
    message: 'Keys are never expanded, so {key} is taken as it stands.',
    next: 'Put the variable into the value.',
  },
  'request.urlAlone': {
    message: 'The request {request} has a URL and no method.',
    next: 'Write get: instead of url:, or add a line such as method: GET.',
  },
  'request.missingMethod': {
    message: 'The request {request} does not say what to send.',
    next: 'Add a line such as get: /path, or method: and url:.',
  },
  'request.missingUrl': {
    message: 'The request {request} has no URL.',
    next: 'Write the URL after {key}:.',
  },
  'request.twoMethods': {
    message: '{key} and {other} cannot both be in one request.',
    next: 'Keep one of them, or make two requests.',
  },
  'request.badMethod': {
    message: '{method} cannot be sent as a method.',
    next: 'Use a method such as GET, POST or PURGE.',
  },
  'request.twoBodies': {
    message: '{key} and {other} cannot both be in one request; a request has one body.',
    next: 'Keep one of them.',
  },
  'request.badDuration': {
    message: '{value} is not a duration.',
    next: 'Write a number with its unit, such as 250ms, 30s, 2m or 1h.',
  },
  'request.badBase64': {
    message: 'This message is not base64.',
    next: 'Write its bytes in base64, such as aGVsbG8=, or put them into a file and name that: file: ./message.bin.',
  },
  'request.badStatus': {
    message: '{value} is not a status.',
    next: 'Write a number such as 201, a class such as 2xx, or a list of them.',
  },
  'request.badHeaderName': {
    message: '{name} cannot be the name of a header.',
    next: 'Use letters, digits and -.',
  },
  'request.badHeaderValue': {
    message: 'The value of the header {name} holds a character that cannot be sent in a header.',
    next: 'Remove line breaks and control characters, and encode what is beyond Latin-1, for instance with |url.',
  },
  'request.missingKey': {
    message: '{place} does not say {key}.',
    next: 'Add {example}.',
  },
  'request.twoAuths': {
    message: '{key} and {other} cannot both be in auth; a request authenticates in one way.',
    next: 'Keep one of them.',
  },
  'request.literalSecret': {
    message: '{key} is a secret, and what a file or a variable in it says would be committed.',
    next: 'Move to SecretStorage: write ${secret:name} with a name of your choice. ${env:NAME}, ${input:name} and a capture are good as well.',
  },
  'request.authTaken': {
    message: 'The request sets {name} itself, which its auth is to set.',
    next: 'Remove {name}, or write auth: none.',
  },
  'request.signatureMissing': {
    message: 'The value of the header has no signature in it.',
    next: 'Write ${signature} or ${signature|base64} where it is to stand.',
  },
  'request.signingFilter': {
    message: 'When a request is signed, {name} takes no filter but base64, and body none at all.',
    next: 'Remove the other filter; bodyHash is a hash of the body.',
  },
  'request.signingName': {
    message: 'Here {name} stands for a part of the request that is signed; the variable of that name is not used.',
    next: 'Give the variable another name if you mean it.',
  },
  'request.badUsername': {
    message: 'This user name cannot be sent: it holds a colon or a control character (RFC 7617).',
    next: 'Remove the character; the password goes into password.',
  },
  'request.duplicateHeader': {
    message: 'The header {name} is here twice; the case of letters does not matter in header names.',
    next: 'Remove one. A list as value repeats a header.',
  },
  'request.badSize': {
    message: '{value} is not a size.',
    next: 'Write a number of bytes, or one with its unit, such as 10kB or 5MB.',
  },
  'request.relativeUrl': {
    message: 'The URL {url} is not complete, and there is no baseUrl to put before it.',
    next: 'Start it with https://, or set baseUrl in the request, in the file or in the defaults of latchkey.yaml.',
  },
  'request.badUrl': {
    message: '{url} is not a URL that can be sent to.',
    next: 'Check the host and the port.',
  },
  'request.badScheme': {
    message: 'Requests go to http: and https: URLs only; this one starts with {scheme}.',
    next: 'Start the URL with https://.',
  },
  'request.socketScheme': {
    message: 'A URL with {scheme} opens a WebSocket, and this is a request.',
    next: 'Write websocket: instead of the method.',
  },
  'request.accountAddress': {
    message: '{account} looks like the address of a person, which would be committed with the file.',
    next: 'Write a role such as admin. Each developer maps it to an account of their own.',
  },
  'request.urlCredentials': {
    message: 'The URL holds a user name or password.',
    next: 'Take it out of the URL; use auth: for authentication.',
  },
  'request.urlFragment': {
    message: 'What follows # in a URL is never sent.',
    next: 'Write %23 to send the character itself.',
  },
  'request.unknownConnection': {
    message: 'There is no connection {connection} in latchkey.yaml; did you mean {nearest}?',
    next: 'Change it to {nearest}, or add {connection} under connections in latchkey.yaml.',
  },
  'request.unknownConnectionHere': {
    message: 'There is no connection {connection} in latchkey.yaml.',
    next: 'Add it under connections in latchkey.yaml, or write auth: none.',
  },
  'request.noProjectFile': {
    message: 'The request signs in with the connection {connection}, but there is no latchkey.yaml.',
    next: 'Create latchkey.yaml in the folder with {connection} under connections, or write auth: none.',
  },
  'request.connectionFaulty': {
    message: 'The connection {connection} has errors in latchkey.yaml.',
    next: 'Open latchkey.yaml and mend what is marked there.',
  },
  'request.projectFaulty': {
    message: 'latchkey.yaml has errors, so nothing is sent.',
    next: 'Open latchkey.yaml and mend what is marked there.',
  },
  'request.originNotAllowed': {
    message: '{origin} is not among the origins of the connection {connection}, so the request is not sent.',
    next: 'Add {origin} to the origins of {connection} in latchkey.yaml, or write auth: none.',
  },
  'request.tokenInQuery': {
    message: 'The token of {connection} goes into the URL, as {name}; URLs end up in logs.',
    next: 'Leave it out of the URL where the API takes the Authorization header.',
  },
  'request.unknownEnvironment': {
    message: 'There is no environment {environment} in latchkey.yaml.',
    next: 'Select one of: {known}.',
  },
} as const satisfies Record<string, MessageTemplate>;

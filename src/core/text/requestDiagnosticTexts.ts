import type { MessageTemplate } from './template';

/** What the parser, the checker and the resolver of request and project files say. */
export const requestDiagnosticTexts = {
  'yaml.syntax': {
    message: 'This is not valid YAML: {problem}.',
    next: 'Check the quotes, brackets and indentation here and on the line above.',
  },
  'yaml.unclosedQuote': {
    message: 'This quote {quote} is not closed, so the rest of the file is read as part of the text.',
    next: 'Add the closing quote.',
  },
  'yaml.tab': {
    message: 'YAML is indented with spaces; this line has a tab.',
    next: 'Replace the tab with spaces.',
  },
  'yaml.fileTooBig': {
    message: 'The file has {size} characters; at most {limit} are read.',
    next: 'Split it into several request files, or move big bodies into files of their own.',
  },
  'yaml.tooDeep': {
    message: 'The nesting is deeper than {limit} levels; the file is not read.',
    next: 'Look for a bracket that is not closed, or flatten the value.',
  },
  'yaml.controlCharacter': {
    message: 'The character {character} is not allowed here.',
    next: 'Delete it, or write it as an escape in a double-quoted text.',
  },
  'yaml.directive': {
    message: 'YAML directives such as {directive} are not read here.',
    next: 'Remove the line; YAML 1.2 is what is used.',
  },
  'yaml.multipleDocuments': {
    message: 'There is a second YAML document here; only the first is read.',
    next: 'Move it to a file of its own, or remove the line with the three dashes.',
  },
  'yaml.tag': {
    message: 'Tags such as {tag} have no meaning here.',
    next: 'Remove the tag; write quotes round a value that is to stay text.',
  },
  'yaml.mergeKey': {
    message: 'The merge key << is not supported.',
    next: 'Write the entries out, or share them in the defaults of the file or the project.',
  },
  'yaml.duplicateKey': {
    message: 'The key {key} is here twice.',
    next: 'Remove one, or rename it. A list as value repeats an entry.',
  },
  'yaml.keyNotText': {
    message: 'A key must be plain text.',
    next: 'Write a text before the colon.',
  },
  'yaml.unknownAlias': {
    message: '{alias} is read as a YAML alias, and nothing is anchored under that name before it.',
    next: 'To mean the text itself, put it in quotes: {replacement}.',
  },
  'yaml.aliasesTooBig': {
    message: 'The aliases in this file repeat more than {limit} values.',
    next: 'Write fewer aliases, or smaller ones.',
  },
  'yaml.quoteExpression': {
    message: 'Inside { } and [ ] a value with {value} must be in quotes.',
    next: 'Write {replacement}.',
  },

  'yaml.commaInFlow': {
    message: 'Inside of { } a comma ends the value, so {key} is read as a key of its own.',
    next: 'To mean one text, put it in quotes: {replacement}.',
  },
  'yaml.hashComment': {
    message: 'What follows # after a space is a comment, so {key} ends before it.',
    next: 'To mean the text, put it in quotes: {replacement}. To mean a comment, write a space behind the #.',
  },

  'request.quotesLost': {
    message: 'YAML takes these quotes away, so {name} is sent without them; an entity tag needs them.',
    next: 'Write {replacement}.',
  },
  'request.looksLikeSecret': {
    message: 'The value of {key} looks like a credential; whatever stands in a file is committed with it.',
    next: 'Move it to SecretStorage and write ${secret:name} here.',
  },
  'request.notSupportedYet': {
    message: '{key} is not supported yet, so nothing that uses it is sent.',
    next: 'Remove it, or wait for a later version of Latchkey.',
  },
  'request.unknownKey': {
    message: 'Unknown key {key} in {place}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or start it with x- to have it ignored.',
  },
  'request.unknownKeyHere': {
    message: 'Unknown key {key} in {place}.',
    next: 'Known keys are: {known}. Keys that start with x- are ignored.',
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
  'request.keyExpression': {
    message: 'Keys are never expanded, so {key} is taken as it stands.',
    next: 'Put the variable into the value.',
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

  'expect.literalMap': {
    message: 'A map is read as matchers, and nothing in this one is a matcher.',
    next: 'To expect the map itself, write {key}: { equals: … }. Matchers are: {known}.',
  },
  'expect.noPath': {
    message: '{path} is no path into a body.',
    next: 'Write a JSONPath such as {nearest}, an XPath such as /order/id, or text for all of it.',
  },
  'expect.badJsonPath': {
    message: '{path} is not a JSONPath: {problem}.',
    next: 'Mend what is marked; RFC 9535 has the rules.',
  },
  'expect.badXPath': {
    message: '{path} is not an XPath: {problem}.',
    next: 'Mend what is marked; XPath 1.0 has the rules.',
  },
  'expect.badPattern': {
    message: '{pattern} is not a regular expression: {problem}.',
    next: 'Write it as in JavaScript with the flag u; (?i) at its start ignores case.',
  },
  'expect.notANumber': {
    message: '{key} compares numbers, and this is none.',
    next: 'Write a number, or a variable that holds one.',
  },
  'expect.notAList': {
    message: '{key} must be a list.',
    next: 'Write {key}: [one, two], or a variable that holds a list.',
  },
  'expect.badDigest': {
    message: 'This is not a SHA-256.',
    next: 'Write its 64 hexadecimal digits.',
  },
  'capture.unknownSource': {
    message: '{source} does not say where in the response the value is.',
    next: 'Write one of: {known}.',
  },
  'capture.noName': {
    message: 'Nothing follows {prefix}.',
    next: 'Write what to look for after the colon, such as header:Location, cookie:session or regex:id=(\\d+).',
  },
  'capture.notExpanded': {
    message: 'Variables are not put into what a capture looks for; it is taken as it stands.',
    next: 'Write it out.',
  },

  'expression.unclosed': {
    message: 'This ${ is not closed.',
    next: 'Add the closing }, or write $${ for the characters themselves.',
  },
  'expression.empty': {
    message: 'There is no name between the braces.',
    next: 'Write the name of a variable, or $${ for the characters themselves.',
  },
  'expression.badName': {
    message: '{name} cannot be the name of a variable.',
    next: 'Names have letters, digits, _ and -, with spaces only inside.',
  },
  'expression.unknownSource': {
    message: '{source}: is not a source of values.',
    next: 'Sources are: {known}.',
  },
  'expression.unknownFilter': {
    message: '{filter} is not a filter.',
    next: 'Filters are: {known}.',
  },
  'expression.noFile': {
    message: 'There is no file named after file:.',
    next: 'Write a path relative to this file, such as file:./body.txt.',
  },
  'expression.fileOutside': {
    message: 'The file {file} lies outside of the workspace folder, where Latchkey reads nothing.',
    next: 'Move the file into the workspace folder, and write its path relative to the file that names it.',
  },
  'expression.fileForbidden': {
    message: 'The file {file} is one that Latchkey never reads into a request.',
    next: 'Use another file; .env is read with env:NAME.',
  },
  'expression.notInConnection': {
    message: 'A connection may use variables and the .env file of its project only.',
    next: 'Put the value into a variable, or into .env and write env:NAME.',
  },
  'expression.badRandom': {
    message: '{value} is not a range of whole numbers.',
    next: 'Write the lower and the upper end, such as random:1..100.',
  },
  'expression.badOffset': {
    message: '{value} is not an offset in time.',
    next: 'Write a sign and a duration, such as now:+1h or now:-30m.',
  },

  'run.unknownRequest': {
    message: 'There is no request {name} here; did you mean {nearest}?',
    next: 'Change it to {nearest}, or name the file that has {name} under import:.',
  },
  'run.unknownRequestHere': {
    message: 'There is no request {name} in this file, nor in a file that it imports.',
    next: 'Check the name, or name the file that has the request under import:.',
  },
  'run.unknownCapture': {
    message: 'The request {request} captures no {name}.',
    next: 'Add {name} under capture: of {request}; it captures {known}.',
  },
  'run.noCaptures': {
    message: 'The request {request} captures nothing, so there is no {name} of it.',
    next: 'Add capture: with {name} to {request}.',
  },
  'run.ambiguousRequest': {
    message: 'More than one imported file has a request {name}: {files}.',
    next: 'Rename one of them, or import only the file that is meant.',
  },
  'run.cycle': {
    message: 'Each of these requests needs the next one to have been sent before: {chain}.',
    next: 'Break the circle: take one of them out of needs:, or use no capture of it.',
  },
  'run.unknownInput': {
    message: 'There is no input {name}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or add {name} under inputs:.',
  },
  'run.unknownInputHere': {
    message: 'There is no input {name}.',
    next: 'Add it under inputs: in this file or in latchkey.yaml.',
  },
  'run.importMissing': {
    message: 'The file {file} is not there.',
    next: 'Check the path; it is relative to this file.',
  },
  'run.importNotARequestFile': {
    message: '{file} is not a request file.',
    next: 'Name a file that ends in .http.yaml.',
  },
  'run.importOutside': {
    message: 'The file {file} lies outside of the workspace folder, where Latchkey reads nothing.',
    next: 'Write a path relative to this file, with / between its parts, that stays inside the folder.',
  },
  'run.skipNotBoolean': {
    message: 'skip is neither true nor false here.',
    next: 'Use a variable that is true or false.',
  },
  'run.notAList': {
    message: 'forEach needs a list, and {name} holds {kind}.',
    next: 'Use a capture such as $.items[*].id, or a variable with a list.',
  },
  'run.badField': {
    message: '{name} cannot be the name of a variable, so no row can have a field of that name.',
    next: 'Names have letters, digits, _ and -, with spaces only inside.',
  },
  'input.passwordDefault': {
    message: 'The input {name} is a password, which has no place in a file.',
    next: 'Remove default; use remember: session to be asked once, or a secret.',
  },
  'input.defaultNotAChoice': {
    message: '{value} is not one of the choices of {name}.',
    next: 'Use one of: {known}.',
  },

  'variable.unknown': {
    message: 'There is no variable {name}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or define {name} under variables.',
  },
  'variable.unknownHere': {
    message: 'There is no variable {name}.',
    next: 'Define it under variables in this file, or in an environment of latchkey.yaml.',
  },
  'variable.needsEnvironment': {
    message: 'The variable {name} has a value only in an environment: {environments}.',
    next: 'Select the environment.',
  },
  'variable.cycle': {
    message: 'The variable {name} needs itself: {chain}.',
    next: 'Break the circle by giving one of them a value of its own.',
  },
  'variable.tooDeep': {
    message: 'The variables behind {name} need each other more than {limit} levels deep.',
    next: 'Put the value into fewer variables.',
  },
  'variable.tooBig': {
    message: 'With its variables put in, this value has more than {limit} characters.',
    next: 'Look for variables that repeat each other.',
  },
  'variable.notText': {
    message: '{name} holds {kind}, which cannot be put into text.',
    next: 'Add |json to put it in as JSON, or use a variable that holds a text.',
  },
  'variable.notJson': {
    message: 'The text in {name} is not JSON, so |json cannot give it a type.',
    next: 'Remove |json, or change the value.',
  },
  'variable.notADate': {
    message: 'The value of {name} is not a date, so |unix cannot turn it into seconds.',
    next: 'Use |unix with now or with a date such as 2030-01-31T12:00:00Z.',
  },
  'variable.secretShown': {
    message: 'This text is shown to people, so no secret can stand in it.',
    next: 'Use a value that is not secret.',
  },
  'variable.noValue': {
    message: 'There is no value for {name}.',
    next: 'Look at where it comes from.',
  },
  'variable.envMissing': {
    message: 'There is no value for {name} in .env beside latchkey.yaml.',
    next: 'Add a line {name}=… to .env.',
  },
  'variable.envNowhere': {
    message:
      'There is no value for {name}: neither .env beside latchkey.yaml nor the environment of the editor has it.',
    next: 'Add a line {name}=… to .env, or start the editor where {name} is set.',
  },
  'variable.faulty': {
    message: 'The value of {name} in {file} has errors.',
    next: 'Open {file} and mend what is marked there.',
  },
  'variable.reserved': {
    message: '{name} is built in, so a variable of that name is never used.',
    next: 'Choose another name.',
  },
  'variable.shadows': {
    message: '{name} hides the variable of the same name in {scope}.',
    next: 'Rename one of them if that is not meant.',
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

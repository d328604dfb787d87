import type { MessageTemplate } from './template';

/** What can go wrong between "send" and the last byte of the answer. `{host}` and `{port}` say where. */
export const httpErrorTexts = {
  'http.invalidUrl': {
    message: '{url} is not a complete http or https address.',
    next: 'Write the URL with its scheme and host, or set baseUrl.',
  },
  'http.credentialsInUrl': {
    message: 'The URL for {host} holds a user name or password.',
    next: 'Take it out of the URL and send it as a header, with the password as a secret variable.',
  },
  'http.invalidRequest': {
    message: 'The request to {host}:{port} cannot be sent: {reason}.',
    next: 'Correct the method, the URL or the headers in the file.',
  },
  'http.headerNotAllowed': {
    message: 'The header {header} belongs to the connection itself and cannot be set.',
    next: 'Remove it from the file; Latchkey sends what is needed.',
  },
  'http.contentLengthMismatch': {
    message: 'The file sets Content-Length to {stated}, but the body has {actual} bytes.',
    next: 'Remove Content-Length from the file; Latchkey sends the right one.',
  },

  'http.originNotAllowed': {
    message: 'Connection "{connection}" may not send its token to {origin}.',
    next: 'Add the origin to the connection if you trust it, or set "auth: none".',
  },
  'http.insecureOrigin': {
    message: '{origin} is not encrypted, so connection "{connection}" does not send its token there.',
    next: 'Use https. If there is none, add exactly this origin to the connection.',
  },
  'http.authorizationAlreadySet': {
    message: 'The request sets {name} itself, which is to carry the token of connection "{connection}".',
    next: 'Remove {name}, or set "auth: none".',
  },
  'http.hostHeaderNotAllowed': {
    message:
      'The request sets the header Host to another host than its URL, so connection "{connection}" does not send its token.',
    next: 'Remove the Host header, or set "auth: none".',
  },
  'http.tokenTypeNotSupported': {
    message: 'The token of connection "{connection}" is of type {type}, which cannot be attached to a request.',
    next: 'Sign in again. If it stays, let the authorization server issue Bearer tokens for this client.',
  },
  'http.proofAlreadySet': {
    message: 'The request sets a DPoP header itself and also uses connection "{connection}", which proves its token.',
    next: 'Remove the header, or set "auth: none".',
  },

  'http.hostNotFound': {
    message: 'There is no host named {host}.',
    next: 'Check the spelling, and that you are on the right network or VPN. Where a script chooses the proxy (PAC), set latchkey.http.transport to "editor".',
  },
  'http.hostLookupFailed': {
    message: 'The address of {host} could not be looked up ({reason}).',
    next: 'Check your network connection and try again.',
  },
  'http.connectionRefused': {
    message: 'Nothing answers at {host}:{port}: the connection was refused.',
    next: 'Start the server, or check the port.',
  },
  'http.unreachable': {
    message: '{host}:{port} cannot be reached ({reason}).',
    next: 'Check your network, VPN and firewall.',
  },
  'http.connectionClosed': {
    message: '{host}:{port} closed the connection without an answer.',
    next: 'Look into the log of the server, and check that the port speaks {scheme}.',
  },
  'http.notWebSocket': {
    message: '{host}:{port} did not open a WebSocket: {reason}.',
    next: 'Check the path of the URL: servers have WebSockets at some paths only.',
  },
  'http.socketBroken': {
    message: 'What {host}:{port} sent over the WebSocket cannot be understood: {reason}.',
    next: 'Look into the log of the server; messages may have up to 16 MB.',
  },
  'http.socketClosed': {
    message: 'The WebSocket was closed with code {code}: {reason}.',
    next: 'Look into the log of the server, and at the messages before the end.',
  },
  'http.bodyIncomplete': {
    message: 'The connection to {host}:{port} broke off after {received} bytes of the body, before it was complete.',
    next: 'Send again; if it stays, look into the log of the server.',
  },

  'http.streamReset': {
    message: '{host}:{port} broke the request off over HTTP/2, without an answer ({reason}).',
    next: 'Send again; if it stays, look into the log of the server.',
  },
  'http.enhanceYourCalm': {
    message: '{host}:{port} wants fewer requests than this, and broke this one off (ENHANCE_YOUR_CALM).',
    next: 'Wait before you send again, and send less often.',
  },
  'http.protocolError': {
    message: '{host}:{port} and Latchkey do not understand each other over HTTP/2: {reason}.',
    next: 'Look into the log of the server: its answer may have a header that HTTP/2 forbids, such as Connection.',
  },

  'http.proxyInvalid': {
    message: '{setting} is not the address of a proxy that can be used here.',
    next: 'Set {setting} to something like http://proxy.example.com:3128.',
  },
  'http.proxyRefused': {
    message: 'Nothing answers at the proxy {proxy}, which {setting} names: the connection was refused.',
    next: 'Start the proxy, or correct {setting}.',
  },
  'http.proxyUnreachable': {
    message: 'The proxy {proxy}, which {setting} names, cannot be reached ({reason}).',
    next: 'Check your network and VPN, or correct {setting}.',
  },
  'http.proxyUntrusted': {
    message: 'The certificate of the proxy {proxy}, which {setting} names, cannot be trusted ({reason}).',
    next: 'Correct {setting}, or set http.proxyStrictSSL to false if you trust the way to the proxy.',
  },
  'http.proxyAuthorizationRequired': {
    message: 'The proxy {proxy}, which {setting} names, wants user name and password, or does not take those it got.',
    next: 'Put them into {setting}, as http://user:password@host:port, or set http.proxyAuthorization.',
  },
  'http.proxyTunnelRefused': {
    message: 'The proxy {proxy}, which {setting} names, does not connect to the host ({reason}).',
    next: 'Ask who runs the proxy whether it may connect there, or add the host to http.noProxy or NO_PROXY.',
  },

  'http.editorTransportFailed': {
    message: 'VS Code’s own network could not send the request to {host}:{port} ({reason}).',
    next: 'Check http.proxy and http.proxySupport, or set latchkey.http.transport to "latchkey".',
  },
  'http.editorTransportBody': {
    message: 'VS Code’s own network sends no body with {method}.',
    next: 'Remove the body, or set latchkey.http.transport to "latchkey".',
  },
  'http.editorTransportMethod': {
    message: 'VS Code’s own network sends no {method} requests.',
    next: 'Set latchkey.http.transport to "latchkey".',
  },
  'http.editorTransportTls': {
    message: 'VS Code’s own network cannot use the certificates that latchkey.yaml names for {origin} under tls:.',
    next: 'Set latchkey.http.transport to "latchkey", or take the origin out of tls:.',
  },

  'http.tlsUntrusted': {
    message: 'The certificate of {host}:{port} is not signed by an authority that this system trusts ({reason}).',
    next: 'Check the address. If the authority is your own, name its certificate as ca: of {origin}, under tls: in latchkey.yaml.',
  },
  'http.tlsExpired': {
    message: 'The certificate of {host}:{port} has expired.',
    next: 'Renew the certificate on the server, and check the clock of this machine. For a server of your own you can set verify: false for {origin}, under tls: in latchkey.yaml.',
  },
  'http.tlsNotYetValid': {
    message: 'The certificate of {host}:{port} is not valid yet.',
    next: 'Check the clock of this machine and of the server.',
  },
  'http.tlsWrongHost': {
    message: 'The certificate that {host}:{port} shows is for other names: {names}.',
    next: 'Check the host in the URL, or let the server show the right certificate. For a server of your own you can set verify: false for {origin}, under tls: in latchkey.yaml.',
  },
  'http.tlsFailed': {
    message: 'No secure connection to {host}:{port} could be made ({reason}).',
    next: 'Check that the port speaks https, and which TLS versions the server offers.',
  },
  'http.tlsHandshakeRefused': {
    message: '{host}:{port} refused the secure connection ({reason}).',
    next: 'If it wants a client certificate, name it as cert: and key: of {origin}, under tls: in latchkey.yaml. Else check which TLS versions the server offers.',
  },
  'http.tlsCertificateRequired': {
    message: '{host}:{port} wants a client certificate and was shown none.',
    next: 'Name it as cert: and key:, or as pfx:, of {origin}, under tls: in latchkey.yaml.',
  },
  'http.tlsCertificateRefused': {
    message: '{host}:{port} does not take the client certificate in {file} ({reason}).',
    next: 'Check that it is valid, and that the server trusts who issued it; the file is named under tls: in latchkey.yaml.',
  },
  'http.tlsCaUnreadable': {
    message: '{file} is no certificate of an authority.',
    next: 'Name a PEM file that begins with "BEGIN CERTIFICATE", or a DER file, as ca: under tls: in latchkey.yaml.',
  },
  'http.tlsCertificateUnreadable': {
    message: '{file} is no certificate.',
    next: 'Name a PEM file that begins with "BEGIN CERTIFICATE", or a DER file, as cert: under tls: in latchkey.yaml; a PFX file is named as pfx:.',
  },
  'http.tlsKeyMissing': {
    message: 'There is no private key in {file}.',
    next: 'Name the key that belongs to the certificate as key: under tls: in latchkey.yaml.',
  },
  'http.tlsKeyUnreadable': {
    message: '{file} is no private key that can be read here.',
    next: 'Name a PEM file that begins with "BEGIN PRIVATE KEY" as key: under tls: in latchkey.yaml.',
  },
  'http.tlsKeyMismatch': {
    message: 'The key in {key} does not belong to the certificate in {file}.',
    next: 'Name the key and the certificate that belong together under tls: in latchkey.yaml. The first certificate of the file must be the client’s own.',
  },
  'http.tlsPassphraseMissing': {
    message: '{file} is protected by a passphrase.',
    next: 'Add passphrase: ${secret:name} under tls: in latchkey.yaml, with a name of your choice. Latchkey asks for it and keeps it in SecretStorage.',
  },
  'http.tlsPassphraseWrong': {
    message: 'The passphrase {passphrase} does not open {file}.',
    next: 'Try again; Latchkey asks for the passphrase then.',
  },
  'http.tlsPfxUnreadable': {
    message: '{file} is no PFX (PKCS #12) file.',
    next: 'Name another file as pfx: under tls: in latchkey.yaml; PEM files are named as cert: and key:.',
  },
  'http.tlsPfxUnsupported': {
    message: '{file} is encrypted in an old way that cannot be read here.',
    next: 'Open and export it anew with "openssl pkcs12 -legacy" and "openssl pkcs12 -export", or name PEM files as cert: and key: under tls: in latchkey.yaml.',
  },
  'http.tlsSecretMissing': {
    message: 'The secret “{name}” for secure connections to {origin} is not stored in this editor for its folder.',
    next: 'Send to {origin} directly, or sign in again; Latchkey asks for it then.',
  },
  'http.tlsUncheckedNotAllowed': {
    message: 'latchkey.yaml says verify: false for {origin}, and you have not allowed that.',
    next: 'Send to {origin} directly, or sign in again; Latchkey asks for it then. Or remove verify: false.',
  },

  'http.connectTimeout': {
    message: 'No connection to {host}:{port} within {seconds} s.',
    next: 'Check the host, the port and your network, or raise the connect timeout.',
  },
  'http.headersTimeout': {
    message: '{host}:{port} took the request but did not begin to answer within {seconds} s.',
    next: 'Look at what the server is doing, or raise the headers timeout.',
  },
  'http.idleTimeout': {
    message: '{host}:{port} sent nothing more of the body for {seconds} s.',
    next: 'Look at what the server is doing, or raise the idle timeout.',
  },
  'http.totalTimeout': {
    message: 'The request to {host}:{port} was not done within {seconds} s.',
    next: 'Send again, or raise the timeout.',
  },

  'http.malformedResponse': {
    message: 'The answer of {host}:{port} is not valid HTTP: {reason}.',
    next: 'Check that the port speaks {scheme}, and look into the log of the server.',
  },
  'http.headersTooLarge': {
    message: 'The head of the answer of {host}:{port} is larger than {limit}.',
    next: 'Let the server send fewer or shorter headers.',
  },
  'http.decodeFailed': {
    message: 'The body from {host}:{port} says that it is {encoding}, but cannot be decoded ({reason}).',
    next: 'Set the header "Accept-Encoding: identity" to get it as it is, and look into the server.',
  },
  'http.diskFull': {
    message: 'The disk is full, so the rest of the body could not be kept.',
    next: 'Make room on the disk where VS Code keeps its data, and send again.',
  },
  'http.saveFailed': {
    message: 'The body could not be written to {file}: {reason}.',
    next: 'Choose another folder, or make room on the disk.',
  },
  'http.saveTooLarge': {
    message: 'Only files on this machine can take more than {limit}.',
    next: 'Choose a folder on this machine.',
  },
  'http.spoolFailed': {
    message: 'The body is too big for memory and could not be written to a file ({code}).',
    next: 'Look whether VS Code can write to its storage folder, and send again.',
  },
  'http.bodyTooLarge': {
    message: 'The body from {host}:{port} is larger than {limit}, the most that Latchkey keeps; the rest was not read.',
    next: 'Ask the server for less, for example a page or a range.',
  },

  'http.tooManyRedirects': {
    message: 'There were more than {limit} redirects; the last one led to {url}.',
    next: 'Raise "redirects", or set it to 0 to see the first answer.',
  },
  'http.redirectLoop': {
    message: 'The redirects go round in a circle at {url}.',
    next: 'Set "redirects: 0" to see the first answer.',
  },
  'http.redirectInvalid': {
    message: '{host}:{port} redirects to an address that cannot be followed ({target}).',
    next: 'Set "redirects: 0" to see the answer itself.',
  },
  'http.redirectInsecure': {
    message: '{from} redirects from https to {to}, which is not encrypted, so the redirect was not followed.',
    next: 'Set "redirects: 0" to see the answer itself.',
  },
  'http.redirectSecretBody': {
    message: '{from} redirects to another origin, {to}. The body holds a secret, so it was not sent there.',
    next: 'If you trust it, send to {to} directly.',
  },

  'http.failed': {
    message: 'The request to {host}:{port} failed ({reason}).',
    next: 'Open the log for the details.',
  },
} as const satisfies Record<string, MessageTemplate>;

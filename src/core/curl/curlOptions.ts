/** The options of curl, as far as it takes to tell an option's argument from the next option. */
const shortNames: Readonly<Record<string, string>> = {
  ...{ a: 'append', E: 'cert', K: 'config', C: 'continue-at', b: 'cookie', c: 'cookie-jar', d: 'data', q: 'disable' },
  ...{ D: 'dump-header', f: 'fail', F: 'form', P: 'ftp-port', G: 'get', g: 'globoff', I: 'head', H: 'header' },
  ...{ h: 'help', 0: 'http1.0', i: 'include', k: 'insecure', 4: 'ipv4', 6: 'ipv6', j: 'junk-session-cookies' },
  ...{ l: 'list-only', L: 'location', M: 'manual', m: 'max-time', n: 'netrc', ':': 'next', N: 'no-buffer' },
  ...{ o: 'output', Z: 'parallel', '#': 'progress-bar', x: 'proxy', U: 'proxy-user', p: 'proxytunnel', Q: 'quote' },
  ...{ r: 'range', e: 'referer', J: 'remote-header-name', O: 'remote-name', R: 'remote-time', X: 'request' },
  ...{ S: 'show-error', s: 'silent', Y: 'speed-limit', y: 'speed-time', 2: 'sslv2', 3: 'sslv3', t: 'telnet-option' },
  ...{ z: 'time-cond', 1: 'tlsv1', T: 'upload-file', B: 'use-ascii', u: 'user', A: 'user-agent', v: 'verbose' },
  ...{ V: 'version', w: 'write-out' },
};

const withArgument: ReadonlySet<string> = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
  continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare
  etag-save expand-data expand-header expand-url expect100-timeout form form-string ftp-account
  ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header
  hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb
  libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time
  netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default
  proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header
  proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype
  proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request
  request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
  socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max
  tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query
  user user-agent variable vlan-priority write-out`.split(/\s+/),
);

/** Options about what curl shows or where it puts the response: a request is the same without them. */
const aboutOutput: ReadonlySet<string> = new Set(
  `silent show-error verbose include fail fail-early fail-with-body progress-bar progress-meter buffer output output-dir
  remote-name remote-name-all remote-header-name remote-time remove-on-error create-dirs create-file-mode clobber
  write-out dump-header stderr styled-output trace trace-ascii trace-config trace-ids trace-time disable compressed
  globoff location parallel parallel-immediate parallel-max keepalive xattr libcurl`.split(/\s+/),
);

/** The other options that stand alone. What curl does not know at all may have an argument. */
const otherFlags: ReadonlySet<string> = new Set(
  `anyauth append basic cert-status compressed-ssh crlf digest disable-eprt disable-epsv disallow-username-in-url
  doh-cert-status doh-insecure eprt epsv false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip
  ftp-ssl-ccc get haproxy-protocol head help http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only
  ignore-content-length insecure ipv4 ipv6 junk-session-cookies list-only location-trusted mail-rcpt-allowfails manual
  metalink negotiate netrc netrc-optional next alpn npn sessionid ntlm ntlm-wb path-as-is post301 post302 post303
  proxy-anyauth proxy-basic proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxytunnel raw
  retry-all-errors retry-connrefused sasl-ir skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl
  ssl-allow-beast ssl-no-revoke ssl-reqd sslv2 sslv3 suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options
  tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding use-ascii version`.split(/\s+/),
);

/** A long name for `-x`; `undefined` when curl has no such option. */
export function longName(short: string): string | undefined {
  return shortNames[short];
}

export function isKnown(name: string): boolean {
  const positive = name.replace(/^no-/, '');
  return withArgument.has(name) || aboutOutput.has(positive) || otherFlags.has(positive);
}

export function takesArgument(name: string): boolean {
  return withArgument.has(name);
}

/** Whether leaving the option out changes nothing about the request. `no-…` switches an option off. */
export function isAboutOutput(name: string): boolean {
  return aboutOutput.has(name.replace(/^no-/, ''));
}

import { LatchkeyError } from '../errors';
import { Secret } from '../secret';
import { isLoopbackHost } from './loopback';
import { isUnproxied } from './noProxy';

/** What VS Code's settings say about proxies. */
export interface ProxySettings {
  /** `http.proxy`; empty: none is set. */
  readonly proxy: string;
  /** `http.noProxy` */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`: the value of the header Proxy-Authorization. */
  readonly authorization: Secret | undefined;
  /** `http.proxySupport` is not `off`. */
  readonly isOn: boolean;
  /** `http.proxyStrictSSL`: the certificate of the proxy itself is checked. */
  readonly strictSsl: boolean;
}

/** The environment that a process was started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy that a request goes through. */
export interface Proxy {
  readonly scheme: 'http' | 'https';
  /** As in a URL, so in brackets where it is an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** The value of the header Proxy-Authorization, which only the proxy gets. */
  readonly authorization: Secret | undefined;
  /** Whether the certificate of an https proxy is checked. */
  readonly strictSsl: boolean;
  /** What named it: `http.proxy`, or a variable of the environment. */
  readonly setting: string;
}

/**
 * The proxy for a URL: VS Code's, else the environment's; `undefined`: straight to the server. What runs on this machine
 * is reached without one, unless an exception says `<-loopback>`.
 * @throws LatchkeyError `http.proxyInvalid`.
 */
export function chooseProxy(url: URL, settings: ProxySettings, environment: Environment): Proxy | undefined {
  if (!settings.isOn) return undefined;
  const exceptions = [...settings.noProxy, ...(variable(environment, 'NO_PROXY')?.value ?? '').split(/[\s,]+/)];
  if (isLoopbackHost(url.hostname) && !exceptions.includes('<-loopback>')) return undefined;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const named = settings.proxy === '' ? variable(environment, name) : { name: 'http.proxy', value: settings.proxy };
  if (!named || isUnproxied(url, exceptions)) return undefined;
  return proxyNamed(named.value, named.name, settings);
}

function variable(environment: Environment, name: string): { name: string; value: string } | undefined {
  for (const candidate of [name.toLowerCase(), name]) {
    const value = environment[candidate]?.trim();
    if (value !== undefined && value !== '') return { name: candidate, value };
  }
  return undefined;
}

function proxyNamed(value: string, setting: string, { authorization, strictSsl }: ProxySettings): Proxy {
  const text = value.trim();
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  const scheme = url?.protocol.slice(0, -1);
  if (!url || (scheme !== 'http' && scheme !== 'https') || url.hostname === '') {
    throw new LatchkeyError('http.proxyInvalid', { setting });
  }
  const port = Number(url.port) || (scheme === 'https' ? 443 : 80);
  return {
    ...{ scheme, port, strictSsl, setting },
    hostname: url.hostname,
    authorization: authorization ?? basicOf(url),
  };
}

/** User name and password of the proxy's URL (RFC 7617). */
function basicOf({ username, password }: URL): Secret | undefined {
  if (username === '' && password === '') return undefined;
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return new Secret(`Basic ${btoa(String.fromCharCode(...bytes))}`);
}

/** A percent sign that begins no escape stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

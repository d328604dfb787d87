import { LatchkeyError } from '../errors';
import { isLoopbackHost } from '../http/loopback';

/**
 * Lets a URL pass to which sign-in data may go: https, http on this machine, or an http origin that the user approved.
 * @throws LatchkeyError `oauth.endpointInvalid` or `oauth.insecureEndpoint`.
 */
export function secureUrl(text: string, purpose: string, insecureOrigins: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!usable) throw new LatchkeyError('oauth.endpointInvalid', { purpose, url: withoutCredentials(text) });
  const secure = url.protocol === 'https:' || isLoopbackHost(url.hostname) || insecureOrigins.includes(url.origin);
  if (!secure) throw new LatchkeyError('oauth.insecureEndpoint', { origin: url.origin });
  return url;
}

/** The http origins beyond this machine among those that a connection lists and the user approves. */
export function insecureOriginsOf(origins: readonly string[]): readonly string[] {
  return origins.filter((origin) => {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    return url?.protocol === 'http:' && !isLoopbackHost(url.hostname);
  });
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//').slice(0, 200);
}

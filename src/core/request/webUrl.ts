import { isLoopbackHost } from '../http/loopback';

/** Absolute http or https, with a host and without user name and password. */
export function isWebUrl(text: string): boolean {
  if (!/^https?:\/\/[^/\\?#]/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** A web address to which a code may be sent: no http beyond this machine (RFC 8252 §8.3), no fragment (RFC 6749 §3.1.2). */
export function isRedirectUrl(text: string): boolean {
  if (!isWebUrl(text) || text.includes('#')) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

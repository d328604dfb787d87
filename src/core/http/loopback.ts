/**
 * Whether a URL's host can only be this machine: 127.0.0.0/8, ::1, `localhost` and every name under it (RFC 6761
 * §6.3). Takes `URL.hostname`, so addresses are already in their normal form.
 */
export function isLoopbackHost(hostname: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]' || isLocalhostName(hostname);
}

/** `localhost` and every name under it, with or without the root's dot. */
export function isLocalhostName(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname);
}

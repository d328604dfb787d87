import { LatchkeyError } from '../errors';
import { MASK, redact, revealForTransport, type Sensitive } from '../secret';

/** Where a request goes, in words that are safe to show; part of the data of most `http.*` errors. */
export interface ShownAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

/**
 * Parses the URL of a request.
 * @throws LatchkeyError `http.invalidUrl` when it is not absolute http or https; `http.credentialsInUrl` when it holds
 * a user name or password, which would end up in logs.
 */
export function parseHttpUrl(url: Sensitive): URL {
  const parsed = URL.parse(revealForTransport(url));
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new LatchkeyError('http.invalidUrl', { url: redact(url) });
  if (parsed.username !== '' || parsed.password !== '') {
    throw new LatchkeyError('http.credentialsInUrl', { host: shownAddress(url).host });
  }
  return parsed;
}

/** Scheme, host and port of a URL, with the host masked when a secret is part of it. */
export function shownAddress(url: Sensitive): ShownAddress {
  const parsed = URL.parse(revealForTransport(url));
  const scheme = parsed?.protocol.slice(0, -1) ?? 'http';
  const port = parsed?.port !== undefined && parsed.port !== '' ? parsed.port : scheme === 'https' ? '443' : '80';
  return { scheme, host: isHostShown(url) ? (parsed?.hostname ?? MASK) : MASK, port };
}

/** The origin of a URL, masked when a secret is part of it. */
export function shownOrigin(url: Sensitive): string {
  return isHostShown(url) ? (URL.parse(revealForTransport(url))?.origin ?? MASK) : MASK;
}

/** Whether nothing up to the end of the host is secret. */
export function isHostShown(url: Sensitive): boolean {
  const [upToHost = ''] = /^[^/]*(?:\/\/[^/?#]*)?/.exec(redact(url)) ?? [];
  return !upToHost.includes(MASK);
}

import type { WireRequest } from '../../ports';
import { revealForTransport, Secret, type Sensitive } from '../../secret';

/** The URL of a hop, plain: what is signed is what the server sees. */
export function targetUrl({ url }: Pick<WireRequest, 'url'>): URL {
  return new URL(revealForTransport(url));
}

/** A part of the URL, which is as secret as the URL is. */
export function asSecretAsUrl({ url }: Pick<WireRequest, 'url'>, part: string): Sensitive {
  return url instanceof Secret ? new Secret(part) : part;
}

/** The host that the server sees, which a Host header of the file may have changed. */
export function targetHost(request: Pick<WireRequest, 'url' | 'headers'>): Sensitive {
  const header = request.headers.find(([name]) => name.toLowerCase() === 'host');
  return header ? header[1] : asSecretAsUrl(request, targetUrl(request).host);
}

import { isLoopbackHost } from '../http/loopback';
import { loopbackUri, type LoopbackPlace } from './redirectUris';

/**
 * The redirect URI for a listener at `uri` that the user's browser reaches as `external`, which is what
 * `env.asExternalUri` says: the same where both are on one machine, and in remote windows the near end of a tunnel,
 * which has another port when the same one was taken there.
 * @returns `undefined` when an answer would arrive elsewhere or be refused: another host or path, as proxies of browser
 * editions make, or another port where the port is part of what is registered.
 */
export function forwardedLoopback(uri: string, external: string, place: LoopbackPlace): string | undefined {
  if (!URL.canParse(external)) return undefined;
  const [near, far] = [new URL(external), new URL(uri)];
  const isSamePlace = near.protocol === 'http:' && near.hostname === far.hostname && isLoopbackHost(near.hostname);
  if (!isSamePlace || near.pathname !== far.pathname || near.search + near.hash !== '') return undefined;
  const port = near.port === '' ? 80 : Number(near.port);
  const isTaken = place.ports.includes(0) || place.ports.includes(port);
  return isTaken ? loopbackUri(port, place.path, near.hostname) : undefined;
}

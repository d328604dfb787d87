import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLocalhostName } from '../../core/http/loopback';

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * The system's lookup, but `localhost` and every name under it are this machine (RFC 6761 §6.3). Node asks the
 * network for `playground.localhost`, and a network that answers would receive what was meant for this machine.
 */
export const localhostLookup: LookupFunction = (hostname, options, callback) => {
  if (!isLocalhostName(hostname)) {
    lookup(hostname, options, callback);
    return;
  }
  const addresses = loopback.filter(({ family }) => isWanted(family, options.family));
  const [first] = addresses;
  process.nextTick(() => {
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  });
};

function isWanted(family: number, wanted: LookupOptions['family']): boolean {
  return wanted === undefined || wanted === 0 || wanted === family || wanted === `IPv${family}`;
}

import { createHash, randomBytes } from 'node:crypto';
import { LatchkeyError } from '../../core/errors';
import type { ShownAddress } from '../../core/http/httpUrl';
import type { Header, WireRequest } from '../../core/ports';
import { revealForTransport } from '../../core/secret';

/** RFC 6455 §1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Decided by us for each handshake. */
const OWN_HEADERS = /^sec-websocket-(?:key|version|extensions|accept)$/i;

/** The request for an upgrade (RFC 6455 §4.1), with a key of its own. */
export function upgradeRequest(request: WireRequest): { readonly request: WireRequest; readonly key: string } {
  const key = randomBytes(16).toString('base64');
  const headers = request.headers.filter(([name]) => !OWN_HEADERS.test(name));
  const added = [
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', key],
  ] as const;
  return { request: { ...request, headers: [...headers, ...added] }, key };
}

/**
 * Whether the answer is one of a server that has understood (RFC 6455 §4.2.2).
 * @throws LatchkeyError `http.notWebSocket`
 */
export function checkUpgrade(
  { headers: sent }: WireRequest,
  key: string,
  headers: readonly Header[],
  address: ShownAddress,
): void {
  const valueOf = (name: string): string | undefined => headers.find(([own]) => own.toLowerCase() === name)?.[1].trim();
  const refuse = (reason: string): never => {
    throw new LatchkeyError('http.notWebSocket', { ...address, reason });
  };
  if (valueOf('upgrade')?.toLowerCase() !== 'websocket') refuse('its answer upgrades to something else');
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  if (valueOf('sec-websocket-accept') !== accept) refuse('its answer belongs to another request');
  if (valueOf('sec-websocket-extensions') !== undefined) refuse('it uses an extension that nobody asked for');
  const chosen = valueOf('sec-websocket-protocol');
  const offered = sent
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => revealForTransport(value).split(','))
    .map((name) => name.trim());
  if (chosen !== undefined && !offered.includes(chosen)) refuse('it chose a subprotocol that nobody asked for');
}

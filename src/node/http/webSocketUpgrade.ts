import { createHash, randomBytes } from 'node:crypto';
import { LatchkeyError } from '../../core/errors';
import type { ShownAddress } from '../../core/http/httpUrl';
import type { Header, WireRequest } from '../../core/ports';
import { revealForTransport } from '../../core/secret';
import { LONGEST_MESSAGE } from './webSocketChannel';
import { extension, PerMessageDeflate, type Compression } from './webSocketFrames';

/** RFC 6455 §1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Decided by us for each handshake. */
const OWN_HEADERS = /^sec-websocket-(?:key|version|extensions|accept)$/i;

/** A request for an upgrade, and what its answer has to fit. */
export interface Handshake {
  readonly request: WireRequest;
  readonly key: string;
  readonly compression: Compression | undefined;
}

/**
 * The request for an upgrade (RFC 6455 §4.1), with a key of its own. It offers compression, unless it has a header of
 * that kind without it.
 */
export function upgradeRequest(request: WireRequest): Handshake {
  const key = randomBytes(16).toString('base64');
  const headers = request.headers.filter(([name]) => !OWN_HEADERS.test(name));
  const own = request.headers.find(([name]) => name.toLowerCase() === 'sec-websocket-extensions');
  const isWanted = !own || revealForTransport(own[1]).includes(PerMessageDeflate.extensionName);
  const compression = isWanted ? newCompression() : undefined;
  const added = [
    ['Sec-WebSocket-Version', '13'] as const,
    ['Sec-WebSocket-Key', key] as const,
    ...(compression ? [['Sec-WebSocket-Extensions', offerOf(compression)] as const] : []),
  ];
  return { request: { ...request, headers: [...headers, ...added] }, key, compression };
}

/** What we send is compressed message by message, so that the size of one tells nothing of another. */
function newCompression(): Compression {
  return new PerMessageDeflate({
    ...{ clientNoContextTakeover: true, clientMaxWindowBits: false },
    maxPayload: LONGEST_MESSAGE,
  });
}

function offerOf(compression: Compression): string {
  return extension.format({ [PerMessageDeflate.extensionName]: compression.offer() });
}

/**
 * Whether the answer is one of a server that has understood (RFC 6455 §4.2.2); with the compression that it has agreed
 * to, if any.
 * @throws LatchkeyError `http.notWebSocket`
 */
export function checkUpgrade(
  { request: { headers: sent }, key, compression }: Handshake,
  headers: readonly Header[],
  address: ShownAddress,
): Compression | undefined {
  const valueOf = (name: string): string | undefined => headers.find(([own]) => own.toLowerCase() === name)?.[1].trim();
  const refuse = (reason: string): never => {
    throw new LatchkeyError('http.notWebSocket', { ...address, reason });
  };
  if (valueOf('upgrade')?.toLowerCase() !== 'websocket') refuse('its answer upgrades to something else');
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  if (valueOf('sec-websocket-accept') !== accept) refuse('its answer belongs to another request');
  const chosen = valueOf('sec-websocket-protocol');
  const offered = sent
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => revealForTransport(value).split(','))
    .map((name) => name.trim());
  if (chosen !== undefined && !offered.includes(chosen)) refuse('it chose a subprotocol that nobody asked for');
  const extensions = headers.filter(([name]) => name.toLowerCase() === 'sec-websocket-extensions');
  return extensions.length === 0
    ? undefined
    : (agreedOn(extensions.map(([, value]) => value).join(', '), compression) ??
        refuse('it uses an extension that nobody asked for'));
}

/** `undefined` where the server has agreed to anything but what was offered. */
function agreedOn(header: string, compression: Compression | undefined): Compression | undefined {
  try {
    const { [PerMessageDeflate.extensionName]: agreed, ...others } = extension.parse(header);
    if (!compression || agreed?.length !== 1 || Object.keys(others).length > 0) return undefined;
    compression.accept(agreed);
    // Whether or not the server has said that it knows.
    compression.params['client_no_context_takeover'] = true;
    return compression;
  } catch {
    return undefined;
  }
}

import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';
import { startRaw } from './localServers';

/**
 * A server that answers the handshake by hand, then sends bytes that no library would.
 * @param afterwards goes on with the connection
 */
export function answering(
  t: TestContext,
  extensions: string | undefined,
  bytes: Buffer,
  afterwards: (client: Socket) => void = () => undefined,
): ReturnType<typeof startRaw> {
  return startRaw(t, (client) => {
    client.once('data', (data: Buffer) => {
      const key = /sec-websocket-key: (\S+)/i.exec(data.toString())?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const agreed = extensions === undefined ? '' : `Sec-WebSocket-Extensions: ${extensions}\r\n`;
      client.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${agreed}\r\n`,
      );
      client.write(bytes);
      afterwards(client);
    });
  });
}

/** A whole compressed message (RFC 7692 §7.2.1), up to 64 kB when compressed. */
export function compressedFrame(message: Buffer): Buffer {
  const data = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
  const head = Buffer.from([0xc2, 126, 0, 0]);
  head.writeUInt16BE(data.length, 2);
  return Buffer.concat([head, data]);
}

import type { ClientHttp2Stream } from 'node:http2';
import type { PreparedRequest } from './preparedRequest';

/** Bytes that Node is given at once. What waits with it counts as memory of the connection, which has a limit. */
const PIECE = 256 * 1024;

/**
 * Sends a body over a stream and ends it, no faster than the server takes it.
 * @param onError hears what the body throws; what ends the stream, the stream tells.
 */
export function uploadTo(
  stream: ClientHttp2Stream,
  body: NonNullable<PreparedRequest['body']>,
  onError: (error: Error) => void,
): void {
  if (!Buffer.isBuffer(body)) void pump(stream, body).catch(onError);
  else if (body.length <= PIECE) stream.end(body);
  else void pump(stream, [body]).catch(onError);
}

async function pump(stream: ClientHttp2Stream, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  let wake: (() => void) | undefined;
  stream.once('close', () => wake?.());
  let written = Promise.resolve();
  for await (const piece of body) {
    for (let at = 0; at < piece.length; at += PIECE) {
      // While one piece leaves, the next is read; one more would overwrite it.
      await written;
      if (stream.closed) return;
      written = new Promise((resolve) => {
        wake = resolve;
        stream.write(piece.subarray(at, at + PIECE), () => resolve());
      });
    }
  }
  await written;
  stream.end();
}

import { once } from 'node:events';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { isAbort, LatchkeyError } from '../../core/errors';
import type { ShownAddress } from '../../core/http/httpUrl';
import type { Header } from '../../core/ports';
import type { ReceivedBody } from './receivedBody';

/** Nobody needs more than one; a chain of many is an attack on memory. */
const MOST_CODINGS = 3;

const options = { chunkSize: 64 * 1024 };

/** What undoes a coding, given the first piece of what is coded. */
const decoders: Readonly<Record<string, (first: Uint8Array) => Transform>> = {
  gzip: () => zlib.createGunzip(options),
  'x-gzip': () => zlib.createGunzip(options),
  br: () => zlib.createBrotliDecompress(options),
  // Servers mean either form by "deflate"; the first byte of zlib's (RFC 1950 §2.2) tells them apart.
  deflate: (first) => (((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options)),
  ...('createZstdDecompress' in zlib ? { zstd: () => zlib.createZstdDecompress(options) } : {}),
};

/**
 * Undoes the Content-Encoding of a body while it arrives. A coding that is not known here leaves the body as it is.
 * The result throws `http.decodeFailed` where the body is not what the header says.
 */
export function decodeBody(
  body: ReceivedBody,
  headers: readonly Header[],
  address: ShownAddress,
): AsyncIterable<Uint8Array> {
  const codings = codingsOf(headers);
  if (codings.length > MOST_CODINGS || codings.some((coding) => !Object.hasOwn(decoders, coding))) return body;
  return codings.reduceRight<AsyncIterable<Uint8Array>>(
    (source, coding) => decode(source, coding, body, address),
    body,
  );
}

function codingsOf(headers: readonly Header[]): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

async function* decode(
  source: AsyncIterable<Uint8Array>,
  coding: string,
  body: ReceivedBody,
  address: ShownAddress,
): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  let decoder: Transform | undefined;
  try {
    const first = await pieces.next();
    // HEAD and 304 answer with the header and no body at all.
    if (first.done === true) return;
    decoder = decoders[coding]?.(first.value);
    if (!decoder) return;
    void feed(decoder, first.value, pieces);
    for await (const chunk of decoder) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof LatchkeyError || isAbort(error) ? error : decodeFailed(error, coding, address);
  } finally {
    decoder?.destroy();
    // Not by way of `pieces`: a generator in the middle of a step would only stop after that step.
    body.cancel();
  }
}

/** Never rejects: what goes wrong at the source comes out of the decoder. */
async function feed(decoder: Transform, first: Uint8Array, rest: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    let chunk: Uint8Array | undefined = first;
    while (chunk && !decoder.destroyed) {
      if (!decoder.write(chunk)) await once(decoder, 'drain');
      const next: IteratorResult<Uint8Array> = await rest.next();
      chunk = next.done === true ? undefined : next.value;
    }
    decoder.end();
  } catch (error) {
    decoder.destroy(error as Error);
  }
}

function decodeFailed(error: unknown, coding: string, address: ShownAddress): LatchkeyError {
  const reason = error instanceof Error ? error.message : String(error);
  return new LatchkeyError('http.decodeFailed', { ...address, encoding: coding, reason }, { cause: error });
}

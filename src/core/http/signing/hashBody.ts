import { abortError } from '../../errors';
import type { WireBody } from '../../ports';
import { bodyBytes } from '../wireBody';

/** Takes bytes, piece by piece: a hash or a message authentication code. */
export interface ByteSink {
  update(bytes: Uint8Array): unknown;
}

/** Gives a hash the whole body, reading its files for that. */
export async function hashBody(body: WireBody | undefined, sink: ByteSink, signal: AbortSignal): Promise<void> {
  for await (const piece of bodyBytes(body)) {
    if (signal.aborted) throw abortError();
    sink.update(piece);
  }
}

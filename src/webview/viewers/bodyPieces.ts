import { bytesOf } from '../bodyRequests';
import type { ShownBody } from './shownBody';

/** Bytes that are asked for together. */
const PIECE = 256 * 1024;

/** Reads a range of a body piece by piece, for as long as somebody waits for it. */
export async function* bodyPieces(
  { requests, facts }: ShownBody,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = from; at < to; at += PIECE) {
    yield bytesOf(await requests.bytes(facts.bodyId, at, Math.min(to, at + PIECE)));
  }
}

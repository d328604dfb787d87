import { LatchkeyError } from '../errors';

/** Bytes up to which a body that nobody wants is read, so that its connection can be used again. */
const limit = 64 * 1024;

/**
 * Reads a body to its end, or gives up its connection when it is long. What is wrong with the body does not matter.
 * @throws AbortError when the send has been given up meanwhile.
 */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > limit) return;
    }
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
  }
}

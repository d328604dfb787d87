/** Bytes up to which a body that nobody wants is read, so that its connection can be used again. */
const limit = 64 * 1024;

/** Reads a body to its end, or gives up its connection when it is long. */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limit) return;
  }
}

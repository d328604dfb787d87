import type { ResponseBody } from './exchange';

/** Pieces up to this size are copied together, so that a body sent byte by byte does not cost an object per byte. */
const SMALL = 16 * 1024;
const BLOCK = 64 * 1024;

/** The most bytes of a body that are kept in memory, after decoding. */
export const BODY_LIMIT = 64 * 1024 * 1024;

/** Collects pieces. Large ones are kept as they are, small ones share blocks. */
export class ChunkList {
  readonly #chunks: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #used = 0;
  size = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    // The first piece is often the whole body: no copy then.
    if (chunk.length > SMALL || this.size === 0) this.#append(chunk);
    else this.#copy(chunk);
    this.size += chunk.length;
  }

  /** All pieces so far; more may follow. */
  finish(): readonly Uint8Array[] {
    this.#closeBlock();
    return [...this.#chunks];
  }

  #append(chunk: Uint8Array): void {
    this.#closeBlock();
    this.#chunks.push(chunk);
  }

  #copy(chunk: Uint8Array): void {
    if (this.#used + chunk.length > this.#block.length) {
      this.#closeBlock();
      this.#block = new Uint8Array(BLOCK);
    }
    this.#block.set(chunk, this.#used);
    this.#used += chunk.length;
  }

  #closeBlock(): void {
    if (this.#used > 0) this.#chunks.push(this.#block.subarray(0, this.#used));
    // The rest of the block is still free: go on behind what is in use.
    this.#block = this.#block.subarray(this.#used);
    this.#used = 0;
  }
}

export class MemoryBody implements ResponseBody {
  readonly size: number;
  #chunks: readonly Uint8Array[] | undefined;
  /** Where each chunk begins. */
  readonly #starts: readonly number[];

  constructor(chunks: readonly Uint8Array[], size: number) {
    this.#chunks = chunks;
    this.size = size;
    let start = 0;
    this.#starts = chunks.map((chunk) => {
      start += chunk.length;
      return start - chunk.length;
    });
  }

  // oxlint-disable-next-line typescript/require-await -- later bodies come from disk; errors must reject
  async read(start: number, end: number): Promise<Uint8Array> {
    if (!this.#chunks) throw new Error('The body has been disposed');
    const from = Math.max(0, Math.min(start, this.size));
    const to = Math.max(from, Math.min(end, this.size));
    const first = this.#indexAt(from);
    const chunk = this.#chunks[first];
    const offset = from - (this.#starts[first] ?? 0);
    // A range within one chunk is a view of it: nothing is copied.
    if (chunk && offset + (to - from) <= chunk.length) return chunk.subarray(offset, offset + (to - from));
    return this.#copy(this.#chunks, first, from, to);
  }

  dispose(): void {
    this.#chunks = undefined;
  }

  #copy(chunks: readonly Uint8Array[], first: number, from: number, to: number): Uint8Array {
    const result = new Uint8Array(to - from);
    for (let index = first, at = from; at < to; index++) {
      const chunk = chunks[index];
      if (!chunk) break;
      const offset = at - (this.#starts[index] ?? 0);
      const piece = chunk.subarray(offset, offset + (to - at));
      result.set(piece, at - from);
      at += piece.length;
    }
    return result;
  }

  /** The chunk that holds the byte at `position`, by halving. */
  #indexAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

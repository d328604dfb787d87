import type { Disposable } from '../disposable';
import { Emitter } from '../emitter';
import { abortError, LatchkeyError } from '../errors';
import type { Spool, SpoolFile } from '../ports';
import type { ResponseBody } from './exchange';
import type { ShownAddress } from './httpUrl';
import { ChunkList, MemoryBody } from './memoryBody';

/** Bytes of a body that are kept in memory; more goes to the spool. */
export const MEMORY_LIMIT = 4 * 1024 * 1024;

/** The most bytes of a body, after decoding, where there is a spool. An endless stream ends here. */
export const SPOOL_LIMIT = 4 * 1024 * 1024 * 1024;

/** The most bytes of an event stream that are kept. Its events are shown beyond that as well. */
export const STREAM_LIMIT = 256 * 1024 * 1024;

export interface ReceiveOptions {
  /** The most bytes, after decoding. */
  readonly limit: number;
  /** Absent: all is kept in memory. */
  readonly spool?: Spool | undefined;
  readonly address: ShownAddress;
  /** Is called with the number of bytes so far after every piece. */
  readonly onBytes: (bytes: number) => void;
}

/** A body that can be read while it arrives. */
export class ReceivedBody implements ResponseBody, Disposable {
  readonly #options: ReceiveOptions;
  readonly #grown = new Emitter<void>();
  #chunks = new ChunkList();
  #memory: MemoryBody | undefined;
  #file: SpoolFile | undefined;
  #size = 0;
  #isComplete = false;
  #isDisposed = false;

  readonly onDidGrow = this.#grown.event;

  constructor(options: ReceiveOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get file(): SpoolFile | undefined {
    return this.#file;
  }

  /**
   * Takes what the source has, to its end.
   * @throws LatchkeyError `http.bodyTooLarge` as soon as the limit is exceeded; `http.spoolFailed`; whatever the
   * source throws. What has arrived can still be read then.
   */
  async receive(source: AsyncIterable<Uint8Array>): Promise<void> {
    const { limit, address, onBytes } = this.#options;
    for await (const chunk of source) {
      if (this.#size + chunk.length > limit) {
        throw new LatchkeyError('http.bodyTooLarge', { ...address, limit: megabytes(limit) });
      }
      await this.#take(chunk);
      onBytes(this.#size);
      this.#grown.fire();
    }
    await this.#file?.flush();
    if (!this.#file) this.#memory = new MemoryBody(this.#chunks.finish(), this.#size);
    this.#isComplete = true;
    this.#grown.fire();
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    if (this.#isDisposed) throw new Error('The body has been disposed');
    if (this.#file) {
      if (end > this.#file.size) await this.#file.flush();
      return this.#file.read(start, end);
    }
    return (this.#memory ?? new MemoryBody(this.#chunks.finish(), this.#size)).read(start, end);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#file?.dispose();
    this.#memory?.dispose();
    this.#chunks = new ChunkList();
  }

  async #take(chunk: Uint8Array): Promise<void> {
    const { spool } = this.#options;
    if (spool && !this.#file && this.#size + chunk.length > MEMORY_LIMIT) {
      this.#file = await this.#moved(spool);
      this.#chunks = new ChunkList();
    }
    if (this.#file) await this.#file.append(chunk);
    else this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** A file with what has been in memory until now. */
  async #moved(spool: Spool): Promise<SpoolFile> {
    const file = await spool.create();
    try {
      for (const piece of this.#chunks.finish()) await file.append(piece);
      await file.flush();
      // It may have been given up meanwhile.
      if (this.#isDisposed) throw abortError();
      return file;
    } catch (error) {
      file.dispose();
      throw error;
    }
  }
}

function megabytes(bytes: number): string {
  return bytes % (1024 * 1024) === 0 ? `${bytes / (1024 * 1024)} MB` : `${bytes} bytes`;
}

/** Pieces that wait to be read; beyond this the server is made to wait. */
const HIGH_WATER_MARK = 512 * 1024;

/**
 * The body of a response between the connection, which pushes, and one reader, who pulls. Leaving the loop before the
 * end calls `onCancel` at once, even while a piece is waited for.
 */
export class ReceivedBody implements AsyncIterable<Uint8Array> {
  readonly #onCancel: () => void;
  readonly #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #receivedBytes = 0;
  #end: { readonly error: unknown } | undefined;
  #resume: (() => void) | undefined;
  #wake: (() => void) | undefined;

  constructor(onCancel: () => void) {
    this.#onCancel = onCancel;
  }

  /** Bytes as they came, before decoding. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Takes a piece; `false` asks to send nothing more until `resume` is called. */
  push(chunk: Uint8Array, resume: () => void): boolean {
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#receivedBytes += chunk.length;
    this.#wakeReader();
    if (this.#waitingBytes < HIGH_WATER_MARK) return true;
    this.#resume = resume;
    return false;
  }

  /** Ends the body, with an error when it ended too early. What has arrived can still be read. */
  end(error?: unknown): void {
    this.#end ??= { error };
    this.#wakeReader();
  }

  /** Ends the body at once; the reader gets the error next. */
  abort(error: unknown): void {
    this.#chunks.length = 0;
    this.#end = { error };
    this.#wakeReader();
  }

  /** The reader wants no more. */
  cancel(): void {
    if (!this.#end) this.#onCancel();
    this.abort(undefined);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: () => {
        this.cancel();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) return this.#taken(chunk);
      if (this.#end) return this.#ended(this.#end);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #taken(chunk: Uint8Array): IteratorResult<Uint8Array, undefined> {
    this.#waitingBytes -= chunk.length;
    if (this.#resume && this.#waitingBytes < HIGH_WATER_MARK / 2) {
      const resume = this.#resume;
      this.#resume = undefined;
      resume();
    }
    return { done: false, value: chunk };
  }

  #ended({ error }: { readonly error: unknown }): IteratorResult<Uint8Array, undefined> {
    if (error !== undefined) throw error as Error;
    return { done: true, value: undefined };
  }

  #wakeReader(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

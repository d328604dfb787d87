import { PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The bytes of a file that is elsewhere. */
export interface ByteSource {
  readonly size: number;
  /** Bytes in order; fewer than asked for where there are no more. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Gives pdf.js the parts of a file that it asks for. */
export class RangeTransport extends PDFDataRangeTransport {
  readonly #source: ByteSource;
  readonly #onBytes: () => void;
  #isAborted = false;

  /** @param onBytes is called whenever some have arrived. */
  constructor(source: ByteSource, onBytes: () => void) {
    super(source.size, null);
    this.#source = source;
    this.#onBytes = onBytes;
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#read(begin, end);
  }

  override abort(): void {
    this.#isAborted = true;
  }

  async #read(begin: number, end: number): Promise<void> {
    const bytes = new Uint8Array(end - begin);
    let count = 0;
    for await (const piece of this.#source.read(begin, end)) {
      if (this.#isAborted) return;
      this.#onBytes();
      bytes.set(piece, count);
      count += piece.length;
    }
    this.onDataRange(begin, bytes);
  }
}

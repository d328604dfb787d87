import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteRange } from '../../core/response/rows/growingRows';

/** The bytes of a file, read while whoever asks waits: for a thread that has nothing else to do. */
export class FileRange implements ByteRange {
  readonly #file: number;
  /** Is used again: a body of gigabytes would leave as much behind to be collected. */
  #buffer = new Uint8Array(0);

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  read(start: number, end: number): Uint8Array {
    const wanted = Math.max(0, end - start);
    if (this.#buffer.length < wanted) this.#buffer = new Uint8Array(wanted);
    const bytes = this.#buffer.subarray(0, wanted);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(this.#file, bytes, length, bytes.length - length, start + length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  }

  close(): void {
    closeSync(this.#file);
  }
}

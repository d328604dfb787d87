import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteRange } from '../../core/response/rows/growingRows';

/** The bytes of a file, read while whoever asks waits: for a thread that has nothing else to do. */
export class FileRange implements ByteRange {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  read(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, end - start));
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

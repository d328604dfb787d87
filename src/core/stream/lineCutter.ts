/** Bytes of one line that are kept; what comes behind them is counted and dropped. */
export const LONGEST_LINE = 1024 * 1024;

export interface CutLine {
  readonly text: string;
  /** Bytes of the whole line, its end left out. */
  readonly size: number;
  readonly isCut: boolean;
}

const LF = 10;
const CR = 13;

/** Cuts bytes into lines at LF, CR and CRLF. Memory is bounded, however long a line is. */
export class LineCutter {
  readonly #decoder = new TextDecoder();
  #pieces: Uint8Array[] = [];
  #kept = 0;
  #size = 0;
  /** A CR was the last byte: an LF right behind it belongs to it. */
  #afterCr = false;

  /**
   * Takes the bytes that come next.
   * @param onLine `true`: that was the last line that is wanted.
   * @returns how many bytes were taken: all, or up to the end of the last line.
   */
  push(chunk: Uint8Array, onLine: (line: CutLine) => boolean): number {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      const isRest = this.#afterCr && byte === LF;
      this.#afterCr = byte === CR;
      if (isRest) start = at + 1;
      else if (byte === LF || byte === CR) {
        this.#keep(chunk.subarray(start, at));
        start = at + 1;
        if (onLine(this.#line())) return start;
      }
    }
    this.#keep(chunk.subarray(start));
    return chunk.length;
  }

  /** What stands behind the last end of a line; `undefined`: nothing. */
  rest(): CutLine | undefined {
    return this.#size === 0 ? undefined : this.#line();
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#size += bytes.length;
    const room = LONGEST_LINE - this.#kept;
    if (room <= 0) return;
    // Copied, because whoever gave the bytes may use their memory again.
    const piece = bytes.slice(0, room);
    this.#pieces.push(piece);
    this.#kept += piece.length;
  }

  #line(): CutLine {
    const text = this.#decoder.decode(joined(this.#pieces, this.#kept));
    const line = { text, size: this.#size, isCut: this.#size > this.#kept };
    this.#pieces = [];
    this.#kept = 0;
    this.#size = 0;
    return line;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

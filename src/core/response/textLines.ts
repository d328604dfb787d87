import { GrowingUint32 } from './growingUint32';
import type { LineSource } from './lineSource';

const CR = 13;

/** Text as it came, cut at its line ends (LF or CRLF). */
export class TextLines implements LineSource {
  readonly longest: number;
  readonly hang = 0;
  readonly #text: string;
  readonly #starts: Uint32Array;

  constructor(text: string) {
    this.#text = text;
    const starts = new GrowingUint32(text.length >> 6);
    let longest = 0;
    let start = 0;
    for (;;) {
      starts.push(start);
      const end = text.indexOf('\n', start);
      longest = Math.max(longest, (end === -1 ? text.length : end) - start);
      if (end === -1) break;
      start = end + 1;
    }
    this.longest = longest;
    this.#starts = starts.view();
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  indent(): number {
    return 0;
  }

  length(line: number): number {
    return this.#end(line) - this.#start(line);
  }

  text(line: number): string {
    return this.#text.slice(this.#start(line), this.#end(line));
  }

  inString(): boolean {
    return false;
  }

  /** Line and column, from 1, of an offset in the text. */
  position(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#start(low) + 1 };
  }

  #start(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  #end(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#text.length;
    const end = next - 1;
    return end > this.#start(line) && this.#text.charCodeAt(end - 1) === CR ? end - 1 : end;
  }
}

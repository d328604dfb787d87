/** Lines that can be folded into their first one; lines count from 0. */
export interface FoldedLines {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

interface Open {
  readonly line: number;
  readonly indent: number;
}

/**
 * What can be folded: each line with those below it that are indented more, without the empty lines and the comments
 * before the next; and comments of several lines. In YAML that is every request, and every map, list and text in it.
 */
export function foldedLines(text: string): readonly FoldedLines[] {
  return new Folder(text).run();
}

class Folder {
  readonly #text: string;
  readonly #found: FoldedLines[] = [];
  readonly #open: Open[] = [];
  /** The last line that says something. */
  #last = -1;
  #comment = -1;
  #line = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly FoldedLines[] {
    for (let at = 0; at <= this.#text.length; this.#line++) {
      const next = this.#text.indexOf('\n', at);
      this.#take(at);
      if (next < 0) break;
      at = next + 1;
    }
    this.#endComment();
    this.#close(-1);
    return this.#found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #take(start: number): void {
    let at = start;
    while (this.#text[at] === ' ') at++;
    const first = this.#text[at];
    if (first === undefined || first === '\n' || first === '\r') {
      this.#endComment();
      return;
    }
    if (first === '#') {
      if (this.#comment < 0) this.#comment = this.#line;
      return;
    }
    this.#endComment();
    const indent = at - start;
    this.#close(indent);
    this.#open.push({ line: this.#line, indent });
    this.#last = this.#line;
  }

  /** Ends what is indented as much or more. */
  #close(indent: number): void {
    for (let top = this.#open.at(-1); top && top.indent >= indent; top = this.#open.at(-1)) {
      if (this.#last > top.line) this.#found.push({ start: top.line, end: this.#last, isComment: false });
      this.#open.pop();
    }
  }

  #endComment(): void {
    if (this.#comment >= 0 && this.#line - 1 > this.#comment) {
      this.#found.push({ start: this.#comment, end: this.#line - 1, isComment: true });
    }
    this.#comment = -1;
  }
}

/** A request file cut into what can be read on its own: what is above the requests, each of them, what is below. */
export interface SplitFile {
  /** Spaces before the name of each request. */
  readonly indent: number;
  /**
   * Where the requests begin, each at the start of its line and up to the next; what is above the first is the head.
   * A last offset is where they end: at the tail, or at the end of the text.
   */
  readonly bounds: readonly number[];
  readonly hasTail: boolean;
}

/**
 * Cuts a request file at its lines, without reading it. That is possible where the requests are written as a block of
 * their own, as everybody writes them:
 *
 *     variables: { … }      head
 *     requests:
 *       first:              a request …
 *         get: /first
 *       second:             … and the next
 *     headers: { … }        tail
 *
 * In such a block a line that is indented like the names ends whatever stood before it: texts of several lines, braces
 * that are open, quotes without an end. `undefined` for anything else; whether the cut is right is for the reading of
 * the pieces to show.
 */
export function splitFile(text: string): SplitFile | undefined {
  const head = headEnd(text);
  return head === undefined ? undefined : new Splitter(text, head).split();
}

/** Behind the line `requests:`. */
function headEnd(text: string): number | undefined {
  for (let at = text.indexOf(KEY); at >= 0; at = text.indexOf(KEY, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n' && !(at === 1 && text.startsWith('\ufeff'))) continue;
    REST_OF_KEY_LINE.lastIndex = at + KEY.length;
    return REST_OF_KEY_LINE.test(text) ? REST_OF_KEY_LINE.lastIndex : undefined;
  }
  return undefined;
}

const KEY = 'requests:';
const REST_OF_KEY_LINE = /(?:[ \t]+#[^\r\n]*|[ \t]*)\r?\n/y;

/**
 * A key that is certain to be one, plain or in quotes that are closed. The YAML library looks at the character after the
 * first, so none of these may be a blank.
 */
const CERTAIN_KEY =
  /(?:[\p{L}\p{N}_](?![ \t])(?:[^\r\n:#]|:(?=\S)|(?<=\S)#)*|"(?! )[^"\\\r\n]*"[ \t]*|'(?! )[^'\r\n]*'[ \t]*):(?=[ \t\r\n]|$)/uy;
/** Words without a colon yet: what a key looks like while it is typed. */
const BARE_WORDS = /[\p{L}\p{N}_](?![ \t\r\n]|$)[^\r\n:#]*(?=\r?\n|$)/uy;

class Splitter {
  readonly #text: string;
  readonly #bounds: number[] = [];
  #at: number;
  #indent = 0;
  /** The line before was bare words: they go on with the next, until its colon. */
  #goesOn = false;

  constructor(text: string, headEnd: number) {
    this.#text = text;
    this.#at = headEnd;
  }

  split(): SplitFile | undefined {
    while (this.#at < this.#text.length) {
      const line = this.#at;
      const indent = this.#spaces();
      const next = this.#nextLine();
      const found = this.#take(line, indent);
      // Words that go on across a smaller indentation do so or not, depending on what was before.
      if (found !== undefined) return found === 'tail' && !this.#goesOn ? this.#result(line, true) : undefined;
      this.#at = next;
    }
    return this.#result(this.#text.length, false);
  }

  #result(end: number, hasTail: boolean): SplitFile | undefined {
    if (this.#bounds.length === 0) return undefined;
    return { indent: this.#indent, bounds: [...this.#bounds, end], hasTail };
  }

  /** Takes a line whose indentation ends at the current place. */
  #take(line: number, indent: number): 'tail' | 'unclear' | undefined {
    const at = this.#at;
    const code = this.#text.charCodeAt(at);
    if (this.#bounds.length > 0 && indent > this.#indent && code !== 0x23 && !isBlankStart(code)) {
      this.#goesOn = false;
      return undefined;
    }
    if (isBlankStart(code) && this.#isBlank(at)) return undefined;
    if (code === 0x23 /* # */) {
      this.#goesOn = false;
      return undefined;
    }
    if (this.#bounds.length === 0) {
      if (indent === 0) return 'unclear';
      this.#indent = indent;
    }
    if (indent > this.#indent) return undefined;
    if (indent < this.#indent) return indent === 0 && this.#isKey(at) !== undefined ? 'tail' : 'unclear';
    return this.#takeName(line, at, code);
  }

  #takeName(line: number, at: number, code: number): 'unclear' | undefined {
    const key = this.#isKey(at);
    // The end of what a request has opened.
    if (key === undefined) return (code === 0x7d || code === 0x5d) && this.#bounds.length > 0 ? undefined : 'unclear';
    if (key === 'bare' && this.#bounds.length === 0) return 'unclear';
    if (!this.#goesOn) this.#bounds.push(line);
    this.#goesOn = key === 'bare';
    return undefined;
  }

  #isKey(at: number): 'certain' | 'bare' | undefined {
    CERTAIN_KEY.lastIndex = at;
    if (CERTAIN_KEY.test(this.#text)) return 'certain';
    BARE_WORDS.lastIndex = at;
    return BARE_WORDS.test(this.#text) ? 'bare' : undefined;
  }

  #spaces(): number {
    const start = this.#at;
    while (this.#text.charCodeAt(this.#at) === 0x20) this.#at++;
    return this.#at - start;
  }

  #nextLine(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end + 1;
  }

  /** Whether nothing but blanks follows on the line. */
  #isBlank(at: number): boolean {
    BLANK.lastIndex = at;
    return BLANK.test(this.#text);
  }
}

const BLANK = /[ \t]*(?:\r?\n|$)/y;

/** What a line without content can go on with after its spaces: its end, or a tab. NaN is the end of the text. */
function isBlankStart(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x09 || Number.isNaN(code);
}

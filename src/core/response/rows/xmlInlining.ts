import { CDATA_BEGINS, END_TAG, MARKUP_BEGINS, NOTHING, START_TAG, XmlLexer, type XmlLexerState } from './xmlLexer';

/**
 * Bytes from the start of an element in which text must come that keeps it on its line: to look further for it would
 * keep rows back.
 */
export const INLINE_BYTES = 16 * 1024;

const SPACE = 32;

interface OpenElement {
  readonly start: number;
  /** Where its content begins. */
  readonly content: number;
  /** Number of its start tag. */
  readonly number: number;
}

/**
 * Looks ahead in an XML text for which elements stay on their lines: those with text directly in them, since spaces
 * may mean something there, and empty ones. It remembers what lies within {@link INLINE_BYTES} only.
 */
export class XmlInlining {
  readonly #lexer: XmlLexer;
  #offset: number;
  #markup = 0;
  /** The text that it is in has been seen to be one. */
  #isPastText = false;
  /** Elements that are open, from the outermost that is near enough for an answer. */
  #open: OpenElement[] = [];
  /** By number of start tag, as far as they are known and were not asked for. */
  readonly #answers = new Map<number, boolean>();
  #count = 0;
  #asked = 0;

  constructor(offset: number, state?: XmlLexerState) {
    this.#offset = offset;
    this.#lexer = new XmlLexer(state);
  }

  scan(bytes: Uint8Array): void {
    const lexer = this.#lexer;
    const base = this.#offset;
    for (let at = 0; at < bytes.length; at++) {
      if (this.#isPastText || !lexer.isInText) at = lexer.skip(bytes, at, bytes.length);
      this.#offset = base + at;
      if (at === bytes.length) break;
      const code = bytes[at] ?? 0;
      const event = lexer.take(code);
      if (event !== NOTHING) this.#take(event);
      else if (!this.#isPastText && code > SPACE && lexer.isInText) this.#text();
    }
    this.#offset = base + bytes.length;
    this.#giveUp(this.#offset);
  }

  /** There are no more bytes: what is not known is not so. */
  end(): void {
    this.#giveUp(Infinity);
  }

  /** Whether the next start tag begins an element that stays on its line; `undefined`: that is not known yet. */
  next(): boolean | undefined {
    const answer = this.#answers.get(this.#asked);
    if (answer === undefined) return undefined;
    this.#answers.delete(this.#asked++);
    return answer;
  }

  #take(event: number): void {
    switch (event) {
      case MARKUP_BEGINS:
        this.#markup = this.#offset;
        this.#isPastText = false;
        return;
      case START_TAG:
        this.#open.push({ start: this.#markup, content: this.#offset + 1, number: this.#count++ });
        return;
      case END_TAG: {
        const ended = this.#open.pop();
        if (ended) this.#answer(ended, ended.content === this.#markup, this.#markup);
        return;
      }
      case CDATA_BEGINS:
        this.#text();
    }
  }

  #text(): void {
    this.#isPastText = true;
    const around = this.#open.at(-1);
    if (around) this.#answer(around, true, this.#offset);
  }

  /** The first answer counts. */
  #answer({ start, number }: OpenElement, isInline: boolean, at: number): void {
    if (number < this.#asked || this.#answers.has(number)) return;
    this.#answers.set(number, isInline && at - start < INLINE_BYTES);
  }

  /** Nothing is looked for in elements that began too long before. */
  #giveUp(offset: number): void {
    const near = this.#open.findIndex(({ start }) => offset - start < INLINE_BYTES);
    const gone = this.#open.splice(0, near === -1 ? this.#open.length : near);
    for (const element of gone) this.#answer(element, false, offset);
  }
}

import { commonEnd, commonStart } from './commonEnds';
import { parseFrame, type ParsedFrame } from './parseFrame';
import { parseRequestPart, parseRequestParts, type ParsedRequest } from './parseRequestPart';
import type { Follower } from './readPart';
import type { SplitFile } from './splitFile';

/** The result of reading a part: none where it cannot be read without the others. */
interface Reading<T> {
  readonly result: T | undefined;
}

/** Characters that are read in a millisecond or two. */
const AT_ONCE = 4_000;

/** A text cut into its parts, with those that have been read. */
export class Layout {
  readonly text: string;
  readonly split: SplitFile;
  #frame: Reading<ParsedFrame> | undefined;
  readonly #requests: (Reading<ParsedRequest> | undefined)[];

  /** @param previous what was read before; parts that are the same are taken from it. */
  constructor(text: string, split: SplitFile, previous: Layout | undefined) {
    this.text = text;
    this.split = split;
    this.#requests = Array.from({ length: split.bounds.length - 1 }, () => undefined);
    if (previous) this.#carryOver(previous);
  }

  get size(): number {
    return this.#requests.length;
  }

  /** Where what stands below the requests begins: the end of the text if nothing does. */
  get tail(): number {
    return this.#bound(this.size);
  }

  start(index: number): number {
    return this.#bound(index);
  }

  has(index: number): boolean {
    return this.#requests[index] !== undefined;
  }

  /** Reads what stands around the requests, unless that was done. */
  frame(): ParsedFrame | undefined {
    const { text, split } = this;
    this.#frame ??= {
      result: parseFrame(
        text.slice(0, this.#bound(0)),
        split.hasTail ? text.slice(this.tail) : undefined,
        split.indent,
      ),
    };
    return this.#frame.result;
  }

  /** Reads a request, unless that was done. */
  request(index: number): ParsedRequest | undefined {
    const known = this.#requests[index];
    if (known) return known.result;
    this.#readFrom(index);
    return this.#requests[index]?.result;
  }

  /** Reads a request, and those behind it that have not been read either, as far as a moment allows. */
  #readFrom(index: number): void {
    let end = index + 1;
    while (end < this.size - 1 && !this.has(end) && this.#bound(end + 1) - this.#bound(index) <= AT_ONCE) end++;
    const results = (end > index + 1 ? this.#together(index, end) : undefined) ?? this.#oneByOne(index, end);
    for (const [at, result] of results.entries()) this.#requests[index + at] = { result };
  }

  #together(from: number, to: number): readonly (ParsedRequest | undefined)[] | undefined {
    const begin = this.#bound(from);
    const starts = Array.from({ length: to - from + 1 }, (_, at) => this.#bound(from + at) - begin);
    const text = this.text.slice(begin, this.#bound(to));
    return parseRequestParts(text, starts, this.split.indent, from === 0);
  }

  #oneByOne(from: number, to: number): readonly (ParsedRequest | undefined)[] {
    return Array.from({ length: to - from }, (_, at) => {
      const text = this.text.slice(this.#bound(from + at), this.#bound(from + at + 1));
      return parseRequestPart(text, this.split.indent, from + at === 0, this.#follower(from + at));
    });
  }

  #bound(index: number): number {
    return this.split.bounds[index] ?? this.text.length;
  }

  #follower(index: number): Follower {
    if (index < this.size - 1) return 'request';
    return this.split.hasTail ? 'tail' : 'end';
  }

  #carryOver(previous: Layout): void {
    if (previous.split.indent !== this.split.indent) return;
    const start = commonStart(previous.text, this.text);
    const end = commonEnd(previous.text, this.text);
    const most = Math.min(previous.size, this.size);
    let front = 0;
    while (front < most && this.#bound(front + 1) <= start && this.#isSame(front, previous, front)) {
      this.#requests[front] = previous.#requests[front++];
    }
    for (let back = 1; back <= most - front; back++) {
      const index = this.size - back;
      if (this.#bound(index) < this.text.length - end || !this.#isSame(index, previous, previous.size - back)) break;
      this.#requests[index] = previous.#requests[previous.size - back];
    }
    if (this.#hasSameFrame(previous, start, end)) this.#frame = previous.#frame;
  }

  /** Whether parts whose text is known to be the same have the same length and surroundings. */
  #isSame(index: number, previous: Layout, at: number): boolean {
    const length = this.#bound(index + 1) - this.#bound(index);
    return (
      length === previous.#bound(at + 1) - previous.#bound(at) &&
      (index === 0) === (at === 0) &&
      this.#follower(index) === previous.#follower(at)
    );
  }

  #hasSameFrame(previous: Layout, start: number, end: number): boolean {
    const sameHead = this.#bound(0) === previous.#bound(0) && this.#bound(0) <= start;
    const sameTail =
      this.split.hasTail === previous.split.hasTail &&
      this.text.length - this.tail === previous.text.length - previous.tail &&
      this.text.length - this.tail <= end;
    return sameHead && sameTail;
  }
}

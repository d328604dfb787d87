import type { FindState } from './findBar';

/** What the host has found. */
export interface Found<Match> {
  readonly requestId: number;
  readonly matches: readonly Match[];
  /** There are more, or may be. */
  readonly more: boolean;
  readonly isFailed: boolean;
}

export interface FinderHost<Match> {
  /** Has the host look for a text; an empty one ends what is being looked for. */
  readonly ask: (requestId: number, text: string) => void;
  /** Brings a match into sight. */
  readonly reveal: (match: Match) => void;
  /** Something changed that is drawn. */
  readonly changed: () => void;
}

interface Find<Match> extends FindState {
  readonly requestId: number;
  readonly matches: readonly Match[];
}

const nothingFound: Find<never> = {
  requestId: 0,
  isAnswered: false,
  isFailed: false,
  text: '',
  index: -1,
  count: 0,
  more: false,
  matches: [],
};

/** Finding in a body: the text, what was found, and which of it people are at. */
export class Finder<Match> {
  readonly #host: FinderHost<Match>;
  #find: Find<Match> | undefined;
  #lastId = 0;

  constructor(host: FinderHost<Match>) {
    this.#host = host;
  }

  /** `undefined`: closed. */
  get state(): FindState | undefined {
    return this.#find;
  }

  get matches(): readonly Match[] {
    return this.#find?.matches ?? [];
  }

  /** The one that "next" and "previous" start from. */
  get current(): Match | undefined {
    return this.#find?.matches[this.#find.index];
  }

  open(): void {
    this.#find ??= nothingFound;
    this.#host.changed();
  }

  close(): void {
    // Nobody waits for what is still being looked for.
    this.search('');
    this.#find = undefined;
    this.#host.changed();
  }

  /** What was found is not there any more; the text stays. */
  forget(): void {
    if (this.#find) this.#find = { ...nothingFound, text: this.#find.text };
  }

  search(text: string): void {
    const requestId = ++this.#lastId;
    // The old matches stay until the new ones are here, so that nothing flickers while typing.
    const old = text === '' ? undefined : this.#find;
    this.#find = { ...(old ?? nothingFound), requestId, isAnswered: false, text };
    this.#host.ask(requestId, text);
    this.#host.changed();
  }

  /** Looks for the same text once more. */
  searchAgain(): void {
    if (this.#find && this.#find.text !== '') this.search(this.#find.text);
  }

  /** To the next match or the previous one, round the end. */
  step(by: 1 | -1): void {
    const find = this.#find;
    if (!find || find.count === 0) return;
    const index = (find.index + by + find.count) % find.count;
    this.#find = { ...find, index };
    this.#reveal();
  }

  receive({ requestId, matches, more, isFailed }: Found<Match>): void {
    const find = this.#find;
    if (find?.requestId !== requestId) return;
    const first = matches.length > 0 ? 0 : -1;
    const found = { ...find, isAnswered: true, isFailed, matches, more, count: matches.length };
    // There are more of the same, and somebody is looking at one of them: nothing moves.
    const isSame = find.isAnswered && find.index >= 0 && find.index < matches.length;
    this.#find = { ...found, index: isSame ? find.index : first };
    if (isSame) this.#host.changed();
    else this.#reveal();
  }

  #reveal(): void {
    const { current } = this;
    if (current !== undefined) this.#host.reveal(current);
    this.#host.changed();
  }
}

import type { BodyGrowth, FindMatch, HostMessage, ViewMessage } from '../shared/protocol';
import type { BodyInfo, BodyRows } from '../shared/viewModel';
import { Finder } from './finder';
import type { Mark } from './marks';
import { RowStore, type RowLayout } from './rowStore';

type TextBody = Extract<BodyInfo, { kind: 'text' }>;

export interface BodyControllerHost {
  readonly post: (message: ViewMessage) => void;
  /** Something changed that is drawn. */
  readonly changed: () => void;
  /** Brings a row into sight. */
  readonly reveal: (row: number) => void;
  /** Makes a row the first in sight. */
  readonly scrollTo: (row: number) => void;
}

/** The body in the view: the rows that are here, and finding in it. */
export class BodyController {
  readonly store: RowStore;
  /** Changes whenever rows came or went. */
  revision = 0;
  readonly finder: Finder<FindMatch>;
  #body: TextBody | undefined;
  #layout: RowLayout | undefined;
  readonly #host: BodyControllerHost;

  constructor(host: BodyControllerHost) {
    this.#host = host;
    this.store = new RowStore(host.post);
    this.finder = new Finder({
      ask: (requestId, text) => {
        if (this.#layout) host.post({ type: 'find', requestId, ...this.#layout, text });
      },
      reveal: ({ row }) => host.reveal(row),
      changed: host.changed,
    });
  }

  /** A new model is shown, with rows that came along. */
  show(body: TextBody | undefined, rows: BodyRows | undefined): void {
    const isOther = body?.bodyId !== this.#body?.bodyId;
    this.#body = body;
    if (isOther) {
      this.store.clear();
      this.#layout = undefined;
      this.finder.forget();
    }
    if (rows && rows.bodyId === body?.bodyId && isOther) this.store.replace(rows);
    this.revision++;
  }

  /** There are more rows than before. */
  grow(growth: BodyGrowth): void {
    if (growth.bodyId !== this.#body?.bodyId || !this.store.grow(growth)) return;
    this.revision++;
    this.#host.changed();
  }

  /** How rows are to be listed from now on. Asks for those that are missing. */
  layOut(layout: RowLayout, from: number): void {
    const changed = !this.#layout || this.#layout.columns !== layout.columns || this.#layout.form !== layout.form;
    this.#layout = layout;
    if (changed) this.finder.searchAgain();
    this.need(from, from + 1);
  }

  /** These rows are, or will be, in sight. */
  need(from: number, to: number): void {
    if (!this.#layout) return;
    const shown = this.store.layout;
    const isOld = shown && (shown.columns !== this.#layout.columns || shown.form !== this.#layout.form);
    // Row numbers are those of the old layout as long as its rows are shown.
    if (!isOld) this.store.want(this.#layout, from, to);
    else this.store.want(this.#layout, 0, 1);
  }

  /** Folds or unfolds what begins on a row; without one, everything. */
  fold(isFolded: boolean, top: number, row?: number): void {
    const layout = this.#layout;
    if (layout?.form !== 'pretty' || !this.#body?.hasPretty) return;
    const { bodyId, columns } = layout;
    this.#host.post({ type: 'fold', bodyId, columns, top, row, isFolded });
  }

  /** Puts what is on a row on the clipboard, or all that is listed. */
  copyNode(row: number, what: 'path' | 'value' | 'all'): void {
    if (!this.#layout) return;
    const { bodyId, columns } = this.#layout;
    this.#host.post({ type: 'copyNode', bodyId, columns, row, what });
  }

  /** Takes a message about the body. */
  receive(message: Extract<HostMessage, { type: 'bodyRows' | 'found' | 'refolded' }>): void {
    if (message.type === 'found') this.finder.receive(message);
    else if (message.type === 'refolded') this.#refolded(message);
    else if (this.store.accept(message.requestId, message.rows)) {
      this.revision++;
      this.#host.changed();
    }
  }

  /** Matches by row, for the rows as they are listed now. */
  get marks(): ReadonlyMap<number, readonly Mark[]> {
    const marks = new Map<number, Mark[]>();
    const { matches, current } = this.finder;
    for (const match of matches) {
      const { row, start, end } = match;
      const mark = { start, end, current: match === current };
      const known = marks.get(row);
      if (known) known.push(mark);
      else marks.set(row, [mark]);
    }
    return marks;
  }

  #refolded({ rows, top }: Extract<HostMessage, { type: 'refolded' }>): void {
    if (!this.store.refold(rows)) return;
    this.revision++;
    if (top !== undefined) {
      this.#host.scrollTo(top);
      // Matches are where they were, but rows have other numbers.
      if (this.finder.matches.length > 0) this.finder.searchAgain();
    }
    this.#host.changed();
  }
}

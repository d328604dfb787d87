import { Emitter } from '../emitter';
import type { ReceivedBody } from '../http/receiveBody';
import type { SecretMasker } from '../http/secretMasker';
import type { BodyForm, BodyRecords, BodyRow, BodyView, FoundInBody, RecordDialect, RowLayout } from './bodyView';
import type { BodyNode } from './bodyNode';
import type { BodyKind } from './classify';
import type { CoveredBytes } from './coveredBytes';
import type { LargeBody } from './largeBodies';
import { BodyReader, type BodyReaderOptions } from './rows/bodyReader';
import { TEXT_LIMIT } from './wholeText';

/** Bytes of the beginning that are looked through here at first, so that the first screen waits for nobody. */
export const HEAD_BYTES = 128 * 1024;

/** The most bytes that are looked through here while a slow body is not in a file yet. */
const SLOW_HEAD_BYTES = 1024 * 1024;

/** Rows must not be cut anew with each digit that the line numbers grow by. */
const ROOM_FOR_LINE = 99_999_999;

export interface LargeBodyInput {
  readonly id: string;
  readonly kind: BodyKind;
  readonly body: ReceivedBody;
  readonly media: BodyView['media'];
  readonly bytes: CoveredBytes;
  readonly mask: SecretMasker;
  /** The first {@link HEAD_BYTES}, or what there is of them. */
  readonly head: Uint8Array;
  readonly options: Omit<BodyReaderOptions, 'source'>;
  /** Opens the file of the body once it is in one; `undefined` as long as it is not. */
  readonly open: () => LargeBody | undefined;
}

/**
 * A body that is still arriving, or too big for memory. The first rows are made here, all others where the body is
 * looked through; what is not known yet comes with {@link onDidGrow}.
 */
export class LargeBodyView implements BodyView {
  readonly id: string;
  readonly kind: BodyKind;
  readonly #input: LargeBodyInput;
  readonly #head: BodyReader;
  #headBytes: Uint8Array;
  #isReading = false;
  readonly #grown = new Emitter<void>();
  readonly #subscription: { dispose(): void };
  #large: LargeBody | undefined;
  #layout: RowLayout | undefined;
  #laidOutRecords: RowLayout | undefined;
  /** Bytes that the one who looks through the file was told of. */
  #toldSize = -1;

  readonly onDidGrow = this.#grown.event;

  constructor(input: LargeBodyInput) {
    const { id, kind, head, options, body } = input;
    this.id = id;
    this.kind = kind;
    this.#input = input;
    this.#headBytes = head;
    const source = { read: (start: number, end: number) => this.#headBytes.subarray(start, end) };
    this.#head = new BodyReader({ ...options, source });
    this.#head.grow(head.length, body.isComplete && head.length === body.size);
    this.#subscription = body.onDidGrow(() => this.#follow());
    this.#follow();
  }

  get size(): number {
    return this.#input.body.size;
  }

  get shownBytes(): number {
    return this.kind.kind === 'text' ? this.size : 0;
  }

  get isComplete(): boolean {
    const { body } = this.#input;
    return body.isComplete && (!this.#layout || !this.#large || this.#large.progress(this.#layout)?.complete === true);
  }

  get isReceived(): boolean {
    return this.#input.body.isComplete;
  }

  get hasPretty(): boolean {
    return (
      this.#input.options.language !== undefined &&
      this.#large?.mistake === undefined &&
      this.#head.mistake === undefined
    );
  }

  /** Where it is, nobody has counted: the beginning may be gigabytes away. */
  get mistake(): undefined {
    return undefined;
  }

  get media(): BodyView['media'] {
    return this.#input.media;
  }

  get filterable(): BodyView['filterable'] {
    const { body, options } = this.#input;
    const { language, charset, forms } = options;
    if (!body.isComplete || !body.file || !language || !this.hasPretty) return undefined;
    return { language, kind: 'file', path: body.file.path, size: body.size, charset, forms };
  }

  bytes(start: number, end: number): Promise<Uint8Array> {
    return this.#input.bytes.read(start, end);
  }

  mask(text: string): string {
    return this.#input.mask(text);
  }

  lineCount(form: BodyForm): number {
    const layout = this.#layout?.form === form ? this.#layout : { form, width: 0 };
    return Math.max(this.#large?.progress(layout)?.lineCount ?? 0, this.#headProgress(layout).lineCount);
  }

  largestLine(): number {
    return ROOM_FOR_LINE;
  }

  rowCount(layout: RowLayout): Promise<number> {
    this.#layOut(layout);
    return Promise.resolve(this.#knownRows(layout));
  }

  async rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]> {
    this.#layOut(layout);
    return this.#rowsFrom(layout, from, Math.min(to, this.#knownRows(layout)));
  }

  async #rowsFrom(layout: RowLayout, from: number, last: number): Promise<readonly BodyRow[]> {
    if (last <= this.#headProgress(layout).rowCount || !this.#large) return this.#head.rows(layout, from, last);
    return this.#large.rows(layout, from, last);
  }

  records(dialect: RecordDialect): BodyRecords {
    const layout: RowLayout = { form: 'raw', width: 0, records: dialect };
    return {
      progress: () => {
        this.#large?.layOut(layout);
        this.#laidOutRecords = layout;
        const known = this.#large?.progress(layout);
        const complete = this.#input.body.isComplete && known?.complete === true;
        return Promise.resolve({ rowCount: this.#knownRows(layout), complete });
      },
      rows: (from, to) => this.#rowsFrom(layout, from, Math.min(to, this.#knownRows(layout))),
      find: (...asked) => this.find(layout, ...asked),
    };
  }

  find(
    layout: RowLayout,
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome?: (found: FoundInBody) => void,
  ): Promise<FoundInBody> {
    if (text === '') return Promise.resolve({ matches: [], more: false });
    if (this.#large) return this.#large.find(layout, text, limit, signal, onSome);
    this.#headProgress(layout);
    const matches = this.#head.findNow(layout, text);
    return Promise.resolve({ matches: matches.slice(0, limit), more: matches.length > limit });
  }

  async nodeAt(layout: RowLayout, row: number): Promise<BodyNode | undefined> {
    if (layout.form !== 'pretty' || !this.hasPretty) return undefined;
    this.#layOut(layout);
    if (this.#large) return this.#large.nodeAt(layout, row);
    this.#headProgress(layout);
    const search = this.#head.nodeAt(layout, row);
    let step = search.next();
    while (step.done !== true) step = search.next();
    return step.value;
  }

  async firstRows(layout: RowLayout, lines: readonly number[]): Promise<readonly number[]> {
    this.#layOut(layout);
    if (this.#large) return this.#large.firstRows(layout, lines);
    this.#headProgress(layout);
    return this.#head.firstRows(layout, lines);
  }

  text(form: BodyForm): Promise<string> {
    if (this.#large) return this.#large.text(form, TEXT_LIMIT);
    this.#headProgress({ form, width: 0 });
    return Promise.resolve([...this.#head.text(form)].join(''));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#large?.close();
    this.#large = undefined;
    this.#grown.dispose();
  }

  /** The body has grown: so has what can be shown of it. */
  #follow(): void {
    const { body, open } = this.#input;
    if (!this.#large) {
      this.#large = open();
      this.#large?.onDidProgress(() => this.#grown.fire());
      for (const layout of [this.#layout, this.#laidOutRecords]) if (layout) this.#large?.layOut(layout);
    }
    const size = body.file?.size;
    if (size === undefined) void this.#readOn(HEAD_BYTES);
    else if (size !== this.#toldSize || body.isComplete) this.#large?.grow(size, body.isComplete);
    this.#toldSize = size ?? -1;
    this.#grown.fire();
  }

  /** Reads more of a body that is not in a file yet, up to a size. */
  async #readOn(limit: number): Promise<void> {
    const { body } = this.#input;
    const size = Math.min(body.size, limit);
    if (this.#isReading || body.file || size <= this.#headBytes.length) return;
    this.#isReading = true;
    try {
      this.#headBytes = await body.read(0, size);
      this.#head.grow(size, body.isComplete && size === body.size);
    } catch {
      // It has been given up meanwhile: nobody asks for more.
      return;
    } finally {
      this.#isReading = false;
    }
    this.#grown.fire();
  }

  #layOut(layout: RowLayout): void {
    this.#layout = layout;
    this.#large?.layOut(layout);
    // One that is slow and small is shown as far as it has come; a fast one is in a file before anybody asks again.
    void this.#readOn(SLOW_HEAD_BYTES);
  }

  #knownRows(layout: RowLayout): number {
    return Math.max(this.#large?.progress(layout)?.rowCount ?? 0, this.#headProgress(layout).rowCount);
  }

  #headProgress(layout: RowLayout): { readonly rowCount: number; readonly lineCount: number } {
    while (this.#head.advance(layout));
    return this.#head.progress(layout);
  }
}

import type { Event } from '../emitter';
import type { BodyForm, BodyRow, FoundInBody, LayoutProgress, RowLayout } from './bodyView';
import type { BodyNode } from './bodyNode';
import type { BodyReaderOptions } from './rows/bodyReader';

export type LargeBodyOptions = Omit<BodyReaderOptions, 'source'>;

/** Looks through bodies that are too big for the thread that everything else runs on. */
export interface LargeBodies {
  /** @param path of the file that the body is, or is being, written to. */
  open(path: string, options: LargeBodyOptions): LargeBody;
}

/** What a {@link BodyReader} elsewhere says of one body. What it rejects with is a bug, or an `AbortError`. */
export interface LargeBody {
  /** So many bytes are in the file by now; `ended`: all. */
  grow(size: number, ended: boolean): void;
  /** Rows, or records, are listed like this from now on, so that is what it looks through the body for. */
  layOut(layout: RowLayout): void;
  /** How far it has come; `undefined` when it has not said anything of this layout yet. */
  progress(layout: RowLayout): LayoutProgress | undefined;
  readonly onDidProgress: Event<void>;
  /** Offset at which the body breaks the grammar of its language. */
  readonly mistake: number | undefined;
  rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]>;
  find(
    layout: RowLayout,
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome?: (found: FoundInBody) => void,
  ): Promise<FoundInBody>;
  nodeAt(layout: RowLayout, row: number): Promise<BodyNode | undefined>;
  firstRows(layout: RowLayout, lines: readonly number[]): Promise<readonly number[]>;
  /** The beginning of the text, up to `limit` characters. */
  text(form: BodyForm, limit: number): Promise<string>;
  close(): void;
}

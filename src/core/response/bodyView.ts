import type { Event } from '../emitter';
import type { BodyNode } from './bodyNode';
import type { FilterSource } from './bodyFilter';
import type { BodyKind } from './classify';
import type { Media } from './media';

export type BodyForm = 'pretty' | 'raw';

/** One row of the body list: a line, or a piece of a line that was too long. */
export interface BodyRow {
  /** Line number from 1. */
  readonly line: number;
  readonly text: string;
  /** Columns by which a continuation is indented; 0 for the first row of a line. */
  readonly hang: number;
  /** Whether this row goes on with the line of the row before. */
  readonly continues: boolean;
  /** Whether the row begins inside a JSON string. */
  readonly inString: boolean;
  /** Columns of indentation that the line would have where there is room for it; absent: it has them. */
  readonly fullIndent?: number | undefined;
  /** How many lines are folded into this one; 0: what begins here can be folded; absent: nothing begins here. */
  readonly hiddenLines?: number | undefined;
}

/** How CSV is written. */
export interface RecordDialect {
  /** One ASCII character. */
  readonly separator: string;
  readonly lineEnd: '\n' | '\r';
}

/** How rows are cut: a form, and a width in characters (0: only lines beyond {@link MAX_ROW} are cut). */
export interface RowLayout {
  readonly form: BodyForm;
  readonly width: number;
  /** Rows are records of CSV instead of lines; the form is raw, and the width 0. */
  readonly records?: RecordDialect | undefined;
}

/** How far a layout has been looked through. */
export interface LayoutProgress {
  readonly rowCount: number;
  readonly lineCount: number;
  /** All of the body has been looked through, so the counts are final. */
  readonly complete: boolean;
}

export function sameLayout(a: RowLayout, b: RowLayout): boolean {
  return layoutKey(a) === layoutKey(b);
}

/** The same for layouts that are the same. */
export function layoutKey({ form, width, records }: RowLayout): string {
  return records ? `records ${records.separator}${records.lineEnd}` : `${form} ${width}`;
}

/** A row with a match; columns within the row's text, or that of its cell, `end` exclusive. */
export interface BodyMatch {
  readonly row: number;
  /** Of a record: which of its cells. */
  readonly cell?: number;
  readonly start: number;
  readonly end: number;
}

export interface FoundInBody {
  readonly matches: readonly BodyMatch[];
  /** Whether there are more matches than were listed. */
  readonly more: boolean;
}

/** A body as records of CSV. */
export interface BodyRecords {
  /** How far they are known. */
  progress(): Promise<Omit<LayoutProgress, 'lineCount'>>;
  /** Records `from` to `to` (exclusive), clipped to those that are known, as they are written; `line` is their number. */
  rows(from: number, to: number): Promise<readonly BodyRow[]>;
  /** Looks for text in their cells, as {@link BodyView.find} does in rows. */
  find(text: string, limit: number, signal: AbortSignal, onSome: (found: FoundInBody) => void): Promise<FoundInBody>;
}

/**
 * A response body as rows of text, read by range. Live secrets that the server echoed are masked in everything that
 * it hands out. Nothing here is ever asked for the whole body except {@link text}.
 */
export interface BodyView {
  readonly id: string;
  readonly kind: BodyKind;
  /** Bytes of the body. */
  readonly size: number;
  /** Bytes that can be shown; less than `size` when the body is too big to be held. 0 for a binary body. */
  readonly shownBytes: number;
  readonly hasPretty: boolean;
  /** All of it is there, and looked through for the layout that was asked for last. */
  readonly isComplete: boolean;
  /** All of it is there, looked through or not; absent: it is. */
  readonly isReceived?: boolean;
  /** There are more bytes or more rows; absent where there will never be more. Called often. */
  readonly onDidGrow?: Event<void> | undefined;
  /** What it can be drawn or played as. */
  readonly media: Media | undefined;
  /** Bytes `start` to `end` (exclusive), clipped to what there is; secrets are covered byte for byte. */
  bytes(start: number, end: number): Promise<Uint8Array>;
  /** Masks live secrets in text that was made from the body: what is decoded may show what the bytes did not. */
  mask(text: string): string;
  /** Where a body that is said to be JSON first breaks the grammar; line and column from 1. */
  readonly mistake: { readonly line: number; readonly column: number } | undefined;
  lineCount(form: BodyForm): number;
  /** The largest number that line numbers need room for; while lines are still being counted, a guess that stays. */
  largestLine(form: BodyForm): number;
  rowCount(layout: RowLayout): Promise<number>;
  /** Rows `from` to `to` (exclusive), clipped to what there is. */
  rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]>;
  /**
   * Looks for text, ignoring case; at most `limit` matches. Rejects with an `AbortError` when the signal fires.
   * @param onSome hears of what was found so far where it takes long to look at all of the body.
   */
  find(
    layout: RowLayout,
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome?: (found: FoundInBody) => void,
  ): Promise<FoundInBody>;
  /**
   * The object, array or element that begins on a row of the pretty form. `undefined`: none does, it is too deep, or its end is
   * not there yet. Absent where there is no pretty form.
   */
  nodeAt?(layout: RowLayout, row: number): Promise<BodyNode | undefined>;
  /** The first row of each of these lines; ascending, and for a line after the last the number of rows. */
  firstRows?(layout: RowLayout, lines: readonly number[]): Promise<readonly number[]>;
  /** Everything that can be folded, by line. Absent where the body is too big to list them. */
  nodes?(): readonly BodyNode[];
  /** What a path filters; `undefined` where it is neither JSON nor XML, or not complete. */
  readonly filterable: FilterSource | undefined;
  /** What it holds as CSV. Absent for a part of a body. */
  records?(dialect: RecordDialect): BodyRecords;
  /**
   * The whole text that can be shown, masked: for the clipboard and for an editor. `requireWholeText` tells whether that
   * is all of it.
   */
  text(form: BodyForm): Promise<string>;
  /** Frees what the view holds beside the body. */
  dispose?(): void;
}

/** Longest row in UTF-16 units when lines are not wrapped; keeps a line of megabytes drawable. */
export const MAX_ROW = 2000;

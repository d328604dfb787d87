/** The most bytes of a line in one row where lines are not wrapped: a line of gigabytes is shown piece by piece. */
export const ROW_BYTES = 2000;

/** A row in a narrow view has room for so many at least. */
export const MIN_ROW_BYTES = 16;

/** A row of a body by its place: a line, or a piece of a line that was too long. */
export interface RowPlace {
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset after its last byte; line ends and the whitespace after the last token are left out. */
  readonly end: number;
  /** Line number from 0. */
  readonly line: number;
  /** Level of nesting, for the indentation. */
  readonly level: number;
  /** Whether it goes on with the line of the row before. */
  readonly continues: boolean;
  /** Whether it begins inside a JSON string. */
  readonly inString: boolean;
}

/**
 * Hears of each row as soon as its end is known, in order; the arguments are those of {@link RowPlace}. There can be a
 * hundred million of them, so none costs an object.
 */
export type RowSink = (
  start: number,
  end: number,
  line: number,
  level: number,
  continues: boolean,
  inString: boolean,
) => void;

/** All that is needed to go on with a row from its first byte. Immutable. */
export interface RowState {
  readonly offset: number;
  readonly line: number;
}

/** Where states are kept, so that rows far down need no scan from the start. */
export interface RowCheckpoints<State extends RowState> {
  /** The state of every so many rows is added, from the first row on. */
  readonly stride: number;
  add(state: State): void;
}

/**
 * Cuts the bytes of a body into rows as they come. Only the state of a scan is kept, never the bytes, so the size of a
 * body does not matter.
 */
export interface RowScanner {
  /** Bytes taken so far. */
  readonly offset: number;
  /** Offset of the byte that does not belong where it stands; nothing more is taken then. */
  readonly mistake: number | undefined;
  /** Takes the next bytes. */
  scan(bytes: Uint8Array): void;
  /** There are no more bytes. */
  end(): void;
}

/** Makes a scanner that begins at the start, or goes on from a state of another of its kind. */
export type ScannerFactory<State extends RowState = RowState> = (
  sink: RowSink,
  from?: State,
  checkpoints?: RowCheckpoints<State>,
) => RowScanner;

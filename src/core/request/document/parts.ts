import type { Diagnostic, TextRange } from '../diagnostic';
import type { Occurrence } from '../index/occurrences';
import type { RequestEntry, RequestFile } from '../model';

/**
 * A request file as it was read, before its parts are put in their places (coordinates.ts). A part is the same object
 * as before for as long as its text is.
 */
export interface FileParts {
  /** What stands around the requests. */
  readonly frame: Frame;
  /** In file order. */
  readonly requests: readonly PlacedPart[];
  /** Where the part below the requests begins in the text. */
  readonly tail: number;
  /** Outside of requests and variables, beyond the frame's. */
  readonly faults: readonly Diagnostic[];
}

/** What a request file says beside its requests, without what was found. */
export type FrameContent = Pick<RequestFile, 'settings' | 'variables' | 'imports' | 'inputs'>;

/** What a request file says beside its requests. */
export interface Frame extends FrameContent {
  /** Errors outside of variables, by position. */
  readonly faults: readonly Diagnostic[];
  /** Everything found, by position. */
  readonly diagnostics: readonly Diagnostic[];
  /** The names beside the requests. */
  readonly names: readonly Occurrence[];
}

/** A request, or an `x-…` entry among them, as it was read. */
export interface RequestPart {
  /** Absent: an entry that is no request. */
  readonly request: RequestEntry | undefined;
  readonly keyRange: TextRange;
  /** Everything found, by position. */
  readonly diagnostics: readonly Diagnostic[];
  readonly names: readonly Occurrence[];
}

export interface PlacedPart extends RequestPart {
  /** Where it begins in the text. */
  readonly start: number;
}

/** How a send ended that is remembered. */
export type KeptOutcome =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly statusText: string;
      /** Expectations held, or without any the status is below 400. */
      readonly ok: boolean;
    }
  /** A stable code such as `http.connectionRefused`. */
  | { readonly kind: 'failure'; readonly code: string }
  | { readonly kind: 'cancelled' };

/** What is told of a send in a list. Masked like everything that is shown. */
export interface HistoryEntry {
  /** Ids sort by the time of the send. */
  readonly id: string;
  /** When it was sent: milliseconds since the epoch. */
  readonly at: number;
  /** URI of the request file. */
  readonly file: string;
  /** Name of the request in it. */
  readonly request: string;
  readonly environment: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly outcome: KeptOutcome;
  /** Milliseconds from the send to the last byte; `undefined` without a response. */
  readonly duration: number | undefined;
  /** Bytes of the response body; `undefined` without a response. */
  readonly size: number | undefined;
}

/** A send with all that is kept of it. */
export interface HistoryRecord {
  readonly entry: HistoryEntry;
  /** What the runner showed of it, as plain JSON; whoever reads it checks it. */
  readonly detail: unknown;
  /** The response body as text; absent where there was none or it was no text. */
  readonly body: KeptBody | undefined;
}

export interface KeptBody {
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

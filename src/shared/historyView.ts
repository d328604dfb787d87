import type { HistoryEntry, KeptOutcome } from '../core/history/historyEntry';

export type { KeptOutcome };

/** A send of the shown request, for the list of its history. */
export interface HistoryItem extends Pick<HistoryEntry, 'id' | 'at' | 'environment' | 'outcome' | 'duration' | 'size'> {
  /** It is what the runner shows. */
  readonly isShown: boolean;
}

/** An older send that is shown instead of the latest. */
export interface PastView {
  readonly id: string;
  /** When it was sent: milliseconds since the epoch. */
  readonly at: number;
  readonly environment: string | undefined;
  /** Nothing newer is in this window. */
  readonly isLatest: boolean;
}

/** What the shown response is compared with; the host asks for what is missing. */
export type CompareWith =
  | { readonly kind: 'previous' }
  /** A send of the history. */
  | { readonly kind: 'entry'; readonly id: string }
  /** The host asks which. */
  | { readonly kind: 'ask' };

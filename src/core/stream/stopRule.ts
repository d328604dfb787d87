import { LinearExpression } from '../regex/linearExpression';
import type { ReadEvent, StopReason } from './streamEvent';

/** When a stream is ended, as success. Whatever comes first counts. */
export interface StopRule {
  /** So many events have arrived. */
  readonly events?: number | undefined;
  /** Milliseconds since it began. */
  readonly after?: number | undefined;
  /** A regular expression that matches the data of an event. */
  readonly matches?: string | undefined;
}

/** What ends a stream where the file says nothing and nobody is there to end it, as in Send all. */
export const UNWATCHED_STOP: StopRule = { events: 100, after: 5_000 };

/** Tells for each event whether it is the last one. */
export class StopWatch {
  readonly #events: number;
  readonly #expression: LinearExpression | undefined;
  #count = 0;

  constructor({ events = Infinity, matches }: StopRule) {
    this.#events = events;
    const parsed = matches === undefined ? undefined : LinearExpression.parse(matches);
    this.#expression = parsed?.ok ? parsed.expression : undefined;
  }

  /** `undefined`: the stream goes on. */
  sees({ data }: ReadEvent): StopReason | undefined {
    this.#count++;
    if (this.#expression?.test(data) === true) return 'matches';
    return this.#count >= this.#events ? 'events' : undefined;
  }
}

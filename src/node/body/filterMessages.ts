import type { FilterOutcome, FilterSource } from '../../core/response/bodyFilter';

/** What the thread that filters is asked; one thing after the other. */
export interface FilterRequest {
  readonly key: string;
  readonly source: FilterSource;
  readonly path: string;
}

/** `undefined`: there was nothing to filter, or no path. */
export interface FilterAnswer {
  readonly outcome: FilterOutcome | undefined;
}

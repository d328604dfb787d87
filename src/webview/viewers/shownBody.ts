import type { RunnerStrings } from '../../shared/runnerStrings';
import type { BodyFacts } from '../../shared/viewModel';
import type { BodyRequests } from '../bodyRequests';

/** What every viewer of a body gets. */
export interface ShownBody {
  readonly facts: BodyFacts;
  readonly requests: BodyRequests;
  readonly strings: RunnerStrings;
}

/** Whether a viewer that is drawn from the whole body must begin anew. */
export function isOtherBody(before: ShownBody | undefined, now: ShownBody): boolean {
  return before?.facts.bodyId !== now.facts.bodyId || before.facts.complete !== now.facts.complete;
}

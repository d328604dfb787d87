import type { Clock, Random } from '../ports';
import { Evaluator } from '../request/resolve/evaluator';
import { resolveExpect } from '../request/resolve/resolveExpect';
import { requestScopes } from '../request/resolve/scopes';
import { NeedRecorder, type Need, type Supplies } from '../request/resolve/supplies';
import { unknownRow } from '../request/resolve/unknownRow';
import { needsOf, type ResolveInput } from '../request/resolveRequest';
import type { Site } from './site';

/** What evaluating takes beside the files. */
export interface Sources {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

export function resolveInput({ place, entry }: Site, supplies: Supplies, { clock, random }: Sources): ResolveInput {
  const { file, project, environment, directory, folder } = place;
  return { file, request: entry, project, environment, clock, random, supplies, directory, folder };
}

/** Puts values into what a request says beside what is sent: `forEach` and `skip`. */
export function evaluatorFor({ place, entry }: Site, supplies: Supplies, { clock, random }: Sources): Evaluator {
  const { file, project, environment, directory } = place;
  return new Evaluator({
    scopes: requestScopes(entry, file, project, environment),
    home: 'requestFile',
    now: clock.now(),
    random,
    supplies,
    directories: { requestFile: directory, project: project?.directory },
  });
}

/** Everything from outside that a request needs, for what is sent and for its course. Nothing is read or asked for. */
export function needsOfSite(site: Site, sources: Sources): readonly Need[] {
  const { forEach, retry, skip } = site.entry.flow;
  const recorder = new NeedRecorder();
  const evaluator = evaluatorFor(site, recorder, sources);
  if (skip) evaluator.value(skip, false);
  if (forEach?.kind === 'file') evaluator.text(forEach.path, false);
  if (forEach?.kind === 'value') evaluator.value(forEach.value, false);
  if (retry?.until) resolveExpect(retry.until, evaluator);
  const own = needsOf(resolveInput(site, recorder, sources), rowsToCome(site));
  return uniqueNeeds([...recorder.needs, ...own]);
}

/** What stands for the rows of a request before they are there. */
export function rowsToCome({ place, entry }: Site): Supplies['row'] {
  if (!entry.flow.forEach) return undefined;
  return unknownRow(requestScopes(entry, place.file, place.project, place.environment));
}

function uniqueNeeds(needs: readonly Need[]): readonly Need[] {
  const recorder = new NeedRecorder();
  for (const need of needs) recorder.find(need);
  return recorder.needs;
}

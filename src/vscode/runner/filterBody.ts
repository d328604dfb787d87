import { parseJsonPath } from '../../core/jsonPath/parseJsonPath';
import type { BodyView } from '../../core/response/bodyView';
import { FILTER_BYTES, type JsonFilter } from '../../core/response/filterJson';
import { openBodyView } from '../../core/response/openBodyView';
import { fillText } from '../../shared/fillText';
import type { FilterResult } from '../../shared/protocol';
import type { RunnerStrings } from '../../shared/runnerStrings';

export interface FilterDeps {
  readonly filter: JsonFilter;
  readonly strings: RunnerStrings;
  readonly pause: () => Promise<void>;
}

type Found =
  | { readonly kind: 'hits'; readonly view: BodyView; readonly count: number; readonly shown: number }
  | (FilterResult & { readonly kind: 'problem' });

/** What a path finds in a body, as a body of its own. Rejects with an `AbortError` when the signal fires. */
export async function filterBody(
  { filter, strings, pause }: FilterDeps,
  body: BodyView,
  path: string,
  id: string,
  signal: AbortSignal,
): Promise<Found> {
  const parsed = parseJsonPath(path);
  if (!parsed.ok) {
    const position = parsed.at + 1;
    return problem(fillText(strings.filterInvalid, { problem: parsed.problem, position }), parsed.at);
  }
  const { json } = body;
  if (!json) return problem(body.isComplete ? strings.filterNotJson : strings.filterLater);
  if (json.kind === 'file' && json.size > FILTER_BYTES) return problem(strings.filterTooLarge);
  const outcome = await filter.filter(body.id, json, path, signal);
  if (outcome.kind === 'tooMuch') return problem(strings.filterTooMuch);
  const bytes = new TextEncoder().encode(body.mask(outcome.text));
  const source = {
    size: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
  const options = { id: `${body.id}.filter.${id}`, contentType: 'application/json; charset=utf-8', mask: [], pause };
  return { kind: 'hits', view: await openBodyView(source, options), count: outcome.count, shown: outcome.shown };
}

function problem(message: string, at?: number): Found {
  return { kind: 'problem', message, at };
}

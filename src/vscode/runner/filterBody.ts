import { parseJsonPath } from '../../core/jsonPath/parseJsonPath';
import { FILTER_BYTES, type BodyFilter, type FilterHits } from '../../core/response/bodyFilter';
import type { BodyView } from '../../core/response/bodyView';
import { openBodyView } from '../../core/response/openBodyView';
import { parseXPath } from '../../core/xml/parseXPath';
import { fillText } from '../../shared/fillText';
import type { FilterResult } from '../../shared/protocol';
import type { RunnerStrings } from '../../shared/runnerStrings';

export interface FilterDeps {
  readonly filter: BodyFilter;
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
  const isXml = body.kind.kind === 'text' && body.kind.language === 'xml';
  const parsed = isXml ? parseXPath(path) : parseJsonPath(path);
  if (!parsed.ok) {
    const position = parsed.at + 1;
    return problem(fillText(strings.filterInvalid, { problem: parsed.problem, position }), parsed.at);
  }
  const { filterable } = body;
  // Nobody is to wait for a body that is too large already.
  if (filterable?.kind !== 'text' && body.size > FILTER_BYTES) return problem(strings.filterTooLarge);
  if (!filterable) return problem(body.isComplete ? strings.filterNone : strings.filterLater);
  const outcome = await filter.filter(body.id, filterable, path, signal);
  switch (outcome.kind) {
    case 'tooMuch':
      return problem(strings.filterTooMuch);
    case 'failed':
      return problem(fillText(strings.filterFailed, { problem: body.mask(outcome.problem) }));
    case 'unreadable': {
      const { line, column } = outcome;
      return problem(fillText(strings.filterUnreadable, { line, column, problem: body.mask(outcome.problem) }));
    }
    case 'hits': {
      const view = await hitsView(outcome, `${body.id}.filter.${id}`, (text) => body.mask(text), pause);
      return { kind: 'hits', view, count: outcome.count, shown: outcome.shown };
    }
  }
}

/** Types that decide how hits are listed, whatever their first bytes look like. */
const TYPES = { json: 'application/json', xml: 'application/xml', text: 'text/strings' } as const;

function hitsView(
  { text, language }: FilterHits,
  id: string,
  mask: BodyView['mask'],
  pause: () => Promise<void>,
): Promise<BodyView> {
  // Where nothing was found there is an empty line, as there are brackets in JSON: a body without bytes has no list.
  const bytes = new TextEncoder().encode(mask(text) || ' ');
  const source = {
    size: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
  return openBodyView(source, { id, contentType: `${TYPES[language]}; charset=utf-8`, mask: [], pause });
}

function problem(message: string, at?: number): Found {
  return { kind: 'problem', message, at };
}

import type { BodyGrowth } from '../shared/protocol';
import type { BodyInfo, ExchangeView, RunState } from '../shared/viewModel';

/** On its way, or still arriving. */
export function isBusy(state: RunState): boolean {
  return state.kind === 'sending' || (state.kind === 'response' && state.exchange.receiving);
}

/** Not on its way yet: the user is asked first. */
export function isAsking(state: RunState): boolean {
  return state.kind === 'sending' && state.startedAt === undefined;
}

export function exchangeOf(state: RunState): ExchangeView | undefined {
  return state.kind === 'response' ? state.exchange : undefined;
}

/** The state with more of its body; `undefined` when the growth is of another one. */
export function grownState(state: RunState, growth: BodyGrowth): RunState | undefined {
  if (state.kind !== 'response') return undefined;
  const { body } = state.exchange;
  if (body.kind === 'empty' || body.bodyId !== growth.bodyId) return undefined;
  return { ...state, exchange: { ...state.exchange, body: grownBody(body, growth) } };
}

function grownBody(body: Exclude<BodyInfo, { kind: 'empty' }>, growth: BodyGrowth): BodyInfo {
  const { size, hasPretty, complete, lineCount, form } = growth;
  if (body.kind === 'binary') return { ...body, size, complete };
  const counts = { ...body.lineCount, [form]: lineCount };
  // What turns out to be no JSON has no pretty form any more.
  const viewers = hasPretty ? body.viewers : body.viewers.filter((viewer) => viewer !== 'pretty');
  return { ...body, size, hasPretty, complete, viewers, lineCount: counts, shownBytes: size };
}

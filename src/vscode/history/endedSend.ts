import { assertNever } from '../../core/assertNever';
import type { EndedSend } from '../../core/history/historyLog';
import type { KeptOutcome } from '../../core/history/historyEntry';
import { keptBody } from '../../core/history/keptBody';
import type { RunState, SentView } from '../../shared/viewModel';
import type { RequestContext } from '../runner/requestSender';
import type { Run } from '../runner/runStore';
import { wentWell } from '../runner/wentWell';

/** What is remembered of a run; `undefined` when nothing was sent. */
export function endedSend(
  {
    uri,
    entry: { name },
    environment,
  }: Pick<RequestContext, 'uri' | 'environment'> & {
    readonly entry: { readonly name: string };
  },
  run: Run,
  now: number,
): EndedSend | undefined {
  const { state, exchange } = run;
  const sent = sentOf(state);
  const outcome = outcomeOf(state);
  if (!sent || !outcome) return undefined;
  const response = state.kind === 'response' ? state.exchange : undefined;
  const size = exchange?.outcome.kind === 'response' ? exchange.outcome.response.body.size : undefined;
  return {
    entry: {
      at: exchange?.startedAt ?? now,
      file: uri.toString(),
      request: name,
      environment,
      ...{ method: sent.method, url: sent.url, outcome },
      duration: response?.duration,
      size,
    },
    detail: withoutOffers(state),
    body: bodyOf(run),
  };
}

function bodyOf({ exchange, body }: Run): EndedSend['body'] {
  if (!body || exchange?.outcome.kind !== 'response') return Promise.resolve(undefined);
  return keptBody(exchange.outcome.response.body, body, exchange.secrets ?? []);
}

/** What could be done about it then is no offer now. */
function withoutOffers(state: RunState): RunState {
  return state.kind === 'response' ? { ...state, exchange: { ...state.exchange, notice: undefined } } : state;
}

function sentOf(state: RunState): SentView | undefined {
  if (state.kind === 'response') return state.exchange.sent;
  return state.kind === 'failure' || state.kind === 'cancelled' ? state.sent : undefined;
}

function outcomeOf(state: RunState): KeptOutcome | undefined {
  switch (state.kind) {
    case 'response': {
      const { status, statusText } = state.exchange;
      return { kind: 'response', status, statusText, ok: wentWell(state.exchange) };
    }
    case 'failure':
      return { kind: 'failure', code: state.failure.code };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'idle':
    case 'sending':
      return undefined;
    default:
      return assertNever(state);
  }
}

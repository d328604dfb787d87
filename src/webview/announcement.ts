import type { RunnerStrings } from '../shared/runnerStrings';
import type { ExchangeView, RunState } from '../shared/viewModel';
import { fill, formatDuration, formatSize } from './format';
import { bodySize } from './statusLine';

/** What a screen reader says when the runner comes to a state. */
export function announcementOf(state: RunState, strings: RunnerStrings): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'sending':
      return state.startedAt === undefined ? strings.asking : strings.sending;
    case 'response':
      return state.exchange.receiving ? '' : responseText(state.exchange, strings);
    case 'failure':
      return `${strings.failed}. ${state.failure.message}`;
    case 'cancelled':
      return strings.cancelled;
  }
}

function responseText(exchange: ExchangeView, strings: RunnerStrings): string {
  const { expectations, status, statusText, duration, notice, unverified } = exchange;
  const text = fill(strings.announceResponse, {
    status: `${status} ${statusText}`.trim(),
    time: formatDuration(duration),
    size: formatSize(bodySize(exchange)),
  });
  const passed = expectations.filter(({ ok }) => ok).length;
  return [
    text,
    ...(unverified.length > 0 ? [strings.unverified] : []),
    ...(expectations.length === 0 ? [] : [fill(strings.announceTests, { passed, count: expectations.length })]),
    ...(notice ? [notice.message] : []),
  ].join('. ');
}

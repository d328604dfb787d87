import type { ExchangeView } from '../shared/viewModel';
import { TABS, type TabName } from './uiState';

/** The tabs that a response has: what comes piece by piece has one more. */
export function tabsOf({ stream }: ExchangeView): readonly TabName[] {
  return TABS.filter((tab) => tab !== 'stream' || stream);
}

/** The tab that is shown: where there is no stream, its tab gives way to the body. */
export function shownTab(tab: TabName, { stream }: ExchangeView): TabName {
  return tab === 'stream' && !stream ? 'body' : tab;
}

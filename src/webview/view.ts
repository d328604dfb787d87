import type { HistoryItem } from '../shared/historyView';
import type { ViewMessage } from '../shared/protocol';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { RunnerModel } from '../shared/viewModel';
import type { UiState } from './uiState';

/** What the parts of the runner draw from, and how they ask for something. */
export interface View {
  readonly model: RunnerModel;
  readonly strings: RunnerStrings;
  readonly ui: UiState;
  /** The earlier sends of the request, once they were asked for. */
  readonly history: readonly HistoryItem[] | undefined;
  readonly post: (message: ViewMessage) => void;
  readonly changeUi: (change: Partial<UiState>) => void;
}

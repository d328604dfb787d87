import type { EditView } from '../shared/editView';
import type { HistoryItem } from '../shared/historyView';
import type { ViewMessage } from '../shared/protocol';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { TypedEdit } from '../shared/typedView';
import type { RunnerModel } from '../shared/viewModel';
import type { ArrivalRate } from './arrivalRate';
import type { UiState } from './uiState';

/** The request in its fields. */
export interface Editing {
  readonly edit: EditView;
  /** Why the last attempt was not written. */
  readonly refusal: string | undefined;
  /** What the fields begin with, where it was typed before; else with {@link edit}. */
  readonly typed?: TypedEdit | undefined;
}

/** What the parts of the runner draw from, and how they ask for something. */
export interface View {
  readonly model: RunnerModel;
  readonly strings: RunnerStrings;
  readonly ui: UiState;
  /** The request as its file has it, while it is edited. */
  readonly editing: Editing | undefined;
  /** The earlier sends of the request, once they were asked for. */
  readonly history: readonly HistoryItem[] | undefined;
  /** How fast the body on show arrives. */
  readonly arrival: Pick<ArrivalRate, 'perSecond'>;
  readonly post: (message: ViewMessage) => void;
  /** Sends what is shown, for buttons that go away with what they are for: the focus goes to the one that stays. */
  readonly send: () => void;
  readonly changeUi: (change: Partial<UiState>) => void;
}

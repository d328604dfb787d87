import type { EditView, WantedRequest } from '../../shared/editView';
import type { CompareWith, HistoryItem } from '../../shared/historyView';
import type { RunnerAction } from '../../shared/viewModel';
import type { BodyForm } from '../../core/response/bodyView';

/** What the runner asks of the rest of the extension. Every call comes from a person pressing something. */
export interface RunnerHandlers {
  /** Sends the request with this name of the file that the model shows. */
  send(requestName: string): void;
  cancel(): void;
  /** The picker: show this request. The name is one of the model's. */
  selectRequest(requestName: string): void;
  /** Whether the request stays on show when the cursor moves. */
  pin(isPinned: boolean): void;
  /** A chip, or the one button of a failure. `retry` never arrives here: it is a `send`. */
  act(action: Exclude<RunnerAction, 'retry'>): void;
  /** Opens the body that is shown as a read-only document. */
  openBodyInEditor(form: BodyForm): void;
  /** Opens a text that was made from the body with this id, as a read-only document. */
  openCell(bodyId: string, row: number, cell: number, text: string): void;
  /** The sends of the request that is shown, the newest first. */
  listHistory(): Promise<readonly HistoryItem[]>;
  openHistory(id: string): void;
  showLatest(): void;
  compare(wanted: CompareWith): void;
  /**
   * The request that is shown as its file has it.
   * @throws LatchkeyError `edit.*`
   */
  readWritten(): Promise<EditView>;
  /**
   * Writes an edit into the file.
   * @throws LatchkeyError `edit.*`: nothing was written.
   */
  applyEdit(base: string, wanted: WantedRequest): Promise<void>;
  /** Asks for a file and writes the body that is shown into it. */
  saveBody(): void;
}

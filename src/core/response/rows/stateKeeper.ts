import type { RowCheckpoints, RowState } from './rowScanner';

/** Keeps the state of every so many rows, where states are kept. */
export class StateKeeper<State extends RowState> {
  readonly #checkpoints: RowCheckpoints<State> | undefined;
  #rowsLeft = 0;

  constructor(checkpoints: RowCheckpoints<State> | undefined) {
    this.#checkpoints = checkpoints;
  }

  /** Counts a row that begins. `true`: its state is to be added. */
  isDue(): boolean {
    if (!this.#checkpoints || --this.#rowsLeft >= 0) return false;
    this.#rowsLeft = this.#checkpoints.stride - 1;
    return true;
  }

  add(state: State): void {
    this.#checkpoints?.add(state);
  }
}

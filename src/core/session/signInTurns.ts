import type { Disposable } from '../disposable';

/** The place of one sign-in among those for the same connection. */
export interface SignInTurn {
  /** Fires when a later sign-in has taken over. */
  readonly signal: AbortSignal;
  /** Ends the earlier sign-ins for the connection; if a later one has taken over already, ends this one. */
  readonly takeOver: () => void;
  readonly end: () => void;
}

interface Running {
  readonly key: string;
  readonly order: number;
  readonly controller: AbortController;
  hasTaken: boolean;
}

/**
 * Lets the latest sign-in of each connection win. It takes over when it is about to ask the user something and not
 * before, so one that fails early leaves the earlier one as it is, and both can share one dialog.
 */
export class SignInTurns implements Disposable {
  readonly #running = new Set<Running>();
  #started = 0;

  start(key: string): SignInTurn {
    const turn: Running = { key, order: ++this.#started, controller: new AbortController(), hasTaken: false };
    this.#running.add(turn);
    return {
      signal: turn.controller.signal,
      takeOver: () => this.#takeOver(turn),
      end: () => void this.#running.delete(turn),
    };
  }

  dispose(): void {
    for (const { controller } of this.#running) controller.abort();
    this.#running.clear();
  }

  #takeOver(turn: Running): void {
    turn.hasTaken = true;
    for (const other of this.#running) {
      if (other.key !== turn.key) continue;
      if (other.order < turn.order) other.controller.abort();
      else if (other.order > turn.order && other.hasTaken) turn.controller.abort();
    }
  }
}

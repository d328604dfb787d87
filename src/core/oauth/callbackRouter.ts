import type { Disposable } from '../disposable';
import { constantTimeEqual } from './constantTimeEqual';

/** Says whether the callback was the one that was waited for. */
export type CallbackListener = (url: URL) => boolean;

interface Waiting {
  readonly state: string;
  readonly listener: CallbackListener;
}

/** Ended sign-ins whose callbacks may still be repeated, as by reloading the page in the browser. */
const mostEnded = 20;

/**
 * Brings a callback that arrived in one place (the editor's only URI handler) to the sign-in that waits for its
 * `state`. A callback nobody waits for is left alone: it may belong to another window, be late, or be forged.
 */
export class CallbackRouter {
  readonly #waiting = new Set<Waiting>();
  /** Of sign-ins that have ended, the latest last. They are worth nothing any more. */
  readonly #ended: string[] = [];

  /** Waits for the callback that carries `state`. */
  register(state: string, listener: CallbackListener): Disposable {
    const entry = { state, listener };
    this.#waiting.add(entry);
    return {
      dispose: () => {
        if (!this.#waiting.delete(entry)) return;
        this.#ended.push(state);
        if (this.#ended.length > mostEnded) this.#ended.shift();
      },
    };
  }

  /** Whether a sign-in that waited here for the callback has ended, so that everything was said about it. */
  isOver(url: URL): boolean {
    const states = url.searchParams.getAll('state');
    return this.#ended.some((ended) => states.some((state) => constantTimeEqual(state, ended)));
  }

  /** Whether a waiting sign-in took the callback. */
  deliver(url: URL): boolean {
    const states = url.searchParams.getAll('state');
    const entry = [...this.#waiting].find((waiting) => states.some((state) => constantTimeEqual(state, waiting.state)));
    return entry?.listener(url) ?? false;
  }
}

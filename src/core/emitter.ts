import type { Disposable } from './disposable';

/** Subscribes a listener; dispose the result to stop. Shaped like `vscode.Event`, without VS Code. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** A source of {@link Event}s. A listener that throws does not stop the others. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(event: T) => void>();

  readonly event: Event<T> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  /** Calls every listener that is subscribed now; the first error is rethrown after all have run. */
  fire(event: T): void {
    let failure: { error: unknown } | undefined;
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

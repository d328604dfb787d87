import type { Disposable } from '../../core/disposable';
import { Emitter } from '../../core/emitter';

/** Knows whether the user is being asked something before a send, in whatever form. */
export class OpenQuestions implements Disposable {
  readonly #changed = new Emitter<void>();
  #count = 0;

  /** Fires after each change of {@link areOpen}, and with each further question. */
  readonly onDidChange = this.#changed.event;

  get areOpen(): boolean {
    return this.#count > 0;
  }

  /** Asks, and settles as the asking does. */
  async during<T>(ask: () => PromiseLike<T>): Promise<T> {
    this.#add(1);
    try {
      return await ask();
    } finally {
      this.#add(-1);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #add(count: number): void {
    this.#count += count;
    this.#changed.fire();
  }
}

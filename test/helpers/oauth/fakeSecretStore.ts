import { Emitter } from '../../../src/core/emitter';
import type { Clock, SecretStore } from '../../../src/core/ports';

/** What the windows of one editor share. */
export class SharedSecrets {
  readonly #values = new Map<string, string>();
  readonly #windows = new Set<FakeSecretStore>();

  /**
   * A window's view. It sees its own writes at once and the others' `delay` milliseconds later, as VS Code's does.
   */
  window(clock: Clock, delay: number | (() => number) = 0): FakeSecretStore {
    const window: FakeSecretStore = new FakeSecretStore(this.#values, (key, value) =>
      this.#spread(window, clock, typeof delay === 'number' ? delay : delay(), key, value),
    );
    this.#windows.add(window);
    return window;
  }

  async #spread(
    from: FakeSecretStore,
    clock: Clock,
    delay: number,
    key: string,
    value: string | undefined,
  ): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    if (delay > 0) await clock.delay(delay);
    for (const window of this.#windows) if (window !== from) window.receive(key, this.#values.get(key));
  }
}

/** A secret store in memory that can be made to fail. */
export class FakeSecretStore implements SecretStore {
  readonly #view: Map<string, string>;
  readonly #changes = new Emitter<string>();
  readonly #spread: (key: string, value: string | undefined) => Promise<void>;
  readonly onDidChange = this.#changes.event;
  /** Operations that reject for now. */
  readonly failing = new Set<'get' | 'set' | 'delete' | 'keys'>();
  /** Every value that was ever written. */
  readonly written: string[] = [];

  constructor(
    initial: ReadonlyMap<string, string> = new Map(),
    spread: (key: string, value: string | undefined) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#view = new Map(initial);
    this.#spread = spread;
  }

  /** What is stored, as this window sees it. */
  get values(): ReadonlyMap<string, string> {
    return this.#view;
  }

  get(key: string): Promise<string | undefined> {
    return this.#unlessFailing('get', () => this.#view.get(key));
  }

  set(key: string, value: string): Promise<void> {
    return this.#unlessFailing('set', () => {
      this.written.push(value);
      this.#view.set(key, value);
      this.#changes.fire(key);
      void this.#spread(key, value);
    });
  }

  delete(key: string): Promise<void> {
    return this.#unlessFailing('delete', () => {
      if (!this.#view.delete(key)) return;
      this.#changes.fire(key);
      void this.#spread(key, undefined);
    });
  }

  keys(): Promise<readonly string[]> {
    return this.#unlessFailing('keys', () => [...this.#view.keys()]);
  }

  /** A change made by another window arrives. */
  receive(key: string, value: string | undefined): void {
    if (this.#view.get(key) === value) return;
    if (value === undefined) this.#view.delete(key);
    else this.#view.set(key, value);
    this.#changes.fire(key);
  }

  /** Loses a value without an event, as a value that cannot be decrypted. */
  lose(key: string): void {
    this.#view.delete(key);
  }

  async #unlessFailing<T>(operation: 'get' | 'set' | 'delete' | 'keys', task: () => T): Promise<T> {
    await Promise.resolve();
    if (this.failing.has(operation)) throw new Error('The keyring is locked');
    return task();
  }
}

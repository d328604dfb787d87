import { Emitter } from '../../../src/core/emitter';
import type { SecretStore } from '../../../src/core/ports';
import type { FromWindow, ToWindow } from './windowMessages';

/** The secrets of the editor as a window process has them: every operation is a message, as in VS Code. */
export class RemoteSecrets implements SecretStore {
  readonly #changes = new Emitter<string>();
  readonly onDidChange = this.#changes.event;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #calls = 0;

  constructor() {
    process.on('message', (message: ToWindow) => {
      if (message.kind === 'changed') this.#changes.fire(message.key);
      if (message.kind !== 'secret') return;
      this.#waiting.get(message.call)?.(message.value);
      this.#waiting.delete(message.call);
    });
  }

  get(key: string): Promise<string | undefined> {
    return this.#ask('get', key) as Promise<string | undefined>;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#ask('set', key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#ask('delete', key);
  }

  keys(): Promise<readonly string[]> {
    return this.#ask('keys', '') as Promise<readonly string[]>;
  }

  #ask(operation: 'get' | 'set' | 'delete' | 'keys', key: string, value?: string): Promise<unknown> {
    return new Promise((resolve) => {
      const call = ++this.#calls;
      this.#waiting.set(call, resolve);
      const message: FromWindow = { kind: 'secret', call, operation, key, ...(value === undefined ? {} : { value }) };
      process.send?.(message);
    });
  }
}

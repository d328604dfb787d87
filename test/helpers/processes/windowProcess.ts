import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { repositoryRoot } from '../repository';
import type { FakeSecretStore, SharedSecrets } from '../oauth/fakeSecretStore';
import { nodeClock } from '../../../src/node/nodeClock';
import type { CommandName, FromWindow, ToWindow, WindowCommands, WindowSetup } from './windowMessages';

const entry = path.join(repositoryRoot, 'out', 'test', 'processes', 'window.entry.js');

/**
 * Milliseconds until one window's write is seen by another: measured in VS Code as 200 to 300, which is two timers of
 * 100 and the way between processes.
 */
function visibility(): number {
  return 200 + Math.random() * 100;
}

/** The code of a `LatchkeyError` or the message of another error that a window process answered with. */
export class WindowError extends Error {}

/**
 * A window as a process of its own. The editor's side of its secrets is here, so a write that was taken survives the
 * death of the window's process, and the others see it late.
 */
export class WindowProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #secrets: FakeSecretStore;
  readonly #ready: Promise<void>;
  readonly #waiting = new Map<number, (message: FromWindow & { kind: 'answer' }) => void>();
  #calls = 0;
  #end: readonly [code: number | null, signal: NodeJS.Signals | null] | undefined;
  /** How the process ended: by itself, with a code, or by a signal. */
  readonly ended: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;

  constructor(shared: SharedSecrets, setup: Partial<WindowSetup> = {}) {
    const whole: WindowSetup = {
      ...{ locks: undefined, fence: true, extensionHost: 'local', ahead: 0, dieAt: undefined },
      ...setup,
    };
    this.#secrets = shared.window(nodeClock, visibility);
    this.#child = fork(entry, [JSON.stringify(whole)], { execArgv: [] });
    this.#secrets.onDidChange((key) => this.#send({ kind: 'changed', key }));
    let ready: () => void = () => undefined;
    this.#ready = new Promise((resolve) => (ready = resolve));
    this.#child.on('message', (message: FromWindow) => {
      if (message.kind === 'ready') ready();
      else if (message.kind === 'secret') void this.#serve(message);
      else this.#waiting.get(message.call)?.(message);
    });
    this.ended = once(this.#child, 'exit').then(([code, signal]) => {
      this.#end = [code as number | null, signal as NodeJS.Signals | null];
      return this.#end;
    });
  }

  /** @throws WindowError with the code or message of what went wrong in the window, or when its process ends first. */
  async call<N extends CommandName>(name: N, args: WindowCommands[N]['args']): Promise<WindowCommands[N]['value']> {
    const call = ++this.#calls;
    const answer = new Promise<FromWindow & { kind: 'answer' }>((resolve) => this.#waiting.set(call, resolve));
    const ended = this.ended.then(([code, signal]) => {
      throw new WindowError(`The window ended (${signal ?? String(code)})`);
    });
    await Promise.race([this.#ready, ended]);
    this.#send({ kind: 'command', call, name, args });
    const { value, error } = await Promise.race([answer, ended]);
    this.#waiting.delete(call);
    if (error !== undefined) throw new WindowError(error);
    return value as WindowCommands[N]['value'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #send(message: ToWindow): void {
    if (this.#end === undefined && this.#child.connected) this.#child.send(message, () => undefined);
  }

  async #serve({ call, operation, key, value = '' }: FromWindow & { kind: 'secret' }): Promise<void> {
    const answer = (): Promise<unknown> => {
      switch (operation) {
        case 'get':
          return this.#secrets.get(key);
        case 'set':
          return this.#secrets.set(key, value);
        case 'delete':
          return this.#secrets.delete(key);
        case 'keys':
          return this.#secrets.keys();
      }
    };
    this.#send({ kind: 'secret', call, value: await answer() });
  }
}

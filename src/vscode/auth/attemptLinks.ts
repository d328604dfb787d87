import * as vscode from 'vscode';

/** What the links of a notification do, by the id of the command behind them. */
export type LinkActions<T> = Readonly<Record<string, (attempt: T, id: string) => unknown>>;

/**
 * Links in notifications that act on one attempt to sign in. The commands behind them are of use only with the id of
 * an attempt of this window that is still under way.
 */
export class AttemptLinks<T> implements vscode.Disposable {
  readonly #attempts = new Map<string, T>();
  readonly #commands: vscode.Disposable;
  #count = 0;

  constructor(actions: LinkActions<T>) {
    const commands = Object.entries(actions).map(([command, act]) =>
      vscode.commands.registerCommand(command, (id: unknown) => {
        const attempt = typeof id === 'string' ? this.#attempts.get(id) : undefined;
        return attempt && act(attempt, id as string);
      }),
    );
    this.#commands = vscode.Disposable.from(...commands);
  }

  /** The id of the attempt, good until {@link remove}. */
  add(attempt: T): string {
    const id = String(++this.#count);
    this.#attempts.set(id, attempt);
    return id;
  }

  remove(id: string): void {
    this.#attempts.delete(id);
  }

  /** Markdown of a link. The text is ours, never a server's or a file's. */
  link(id: string, text: string, command: string): string {
    return `[${text}](command:${command}?${encodeURIComponent(JSON.stringify([id]))})`;
  }

  dispose(): void {
    this.#commands.dispose();
    this.#attempts.clear();
  }
}

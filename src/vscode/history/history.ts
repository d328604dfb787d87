import * as vscode from 'vscode';
import type { HistoryEntry, HistoryRecord } from '../../core/history/historyEntry';
import { HistoryLog, type HistoryLogDeps } from '../../core/history/historyLog';
import { readSetting } from '../platform/settings';
import type { RequestContext } from '../runner/requestSender';
import type { Run } from '../runner/runStore';
import { endedSend } from './endedSend';

/** The sends of this workspace, as they are shown in the runner and in the history view. */
export class History implements vscode.Disposable {
  readonly #log: HistoryLog;
  readonly #deps: Pick<HistoryLogDeps, 'clock'>;

  constructor(deps: Omit<HistoryLogDeps, 'limits' | 'later'>) {
    this.#deps = deps;
    this.#log = new HistoryLog({
      ...deps,
      limits: () => ({
        entries: readSetting('history.maxEntries'),
        bytes: readSetting('history.maxSize') * 1_000_000,
      }),
      later: (milliseconds, task) => {
        const timer = setTimeout(task, milliseconds);
        return { dispose: () => clearTimeout(timer) };
      },
    });
  }

  /** Entries were added or removed. */
  get onDidChange(): HistoryLog['onDidChange'] {
    return this.#log.onDidChange;
  }

  /** Remembers how a send ended. Takes no time. */
  record(context: Pick<RequestContext, 'uri' | 'entry' | 'environment'>, run: Run): void {
    // What was kept before the switch was thrown stays until it is cleared.
    if (!vscode.workspace.isTrusted || !readSetting('history.enabled')) return;
    const ended = endedSend(context, run, this.#deps.clock.now());
    if (ended) this.#log.add(ended);
  }

  /** All entries, the newest first. */
  list(): Promise<readonly HistoryEntry[]> {
    return this.#log.list();
  }

  /** `undefined` when it is gone, or cannot be read. */
  read(id: string): Promise<HistoryRecord | undefined> {
    return this.#log.read(id);
  }

  delete(id: string): Promise<void> {
    return this.#log.delete(id);
  }

  clear(): Promise<void> {
    return this.#log.clear();
  }

  /** Writes what waits to be written. */
  flush(): Promise<void> {
    return this.#log.flush();
  }

  dispose(): void {
    this.#log.dispose();
  }
}

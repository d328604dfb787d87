import type * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { HistoryEntry } from '../../core/history/historyEntry';
import type { HistoryItem } from '../../shared/historyView';
import type { History } from './history';
import { pastRun, type PastRun } from './pastRun';

/** Sends of a request that are listed. */
const MOST_ITEMS = 100;

/** The sends of single requests, as the runner shows them. */
export class RequestHistory {
  readonly #history: Pick<History, 'list' | 'read'>;
  readonly #pause: () => Promise<void>;

  /** @param pause gives the event loop a turn */
  constructor(history: Pick<History, 'list' | 'read'>, pause: () => Promise<void>) {
    this.#history = history;
    this.#pause = pause;
  }

  /**
   * For the list in the runner, the newest first.
   * @param isShown whether it is what the runner shows
   */
  async items(
    uri: vscode.Uri,
    name: string,
    isShown: (entry: HistoryEntry) => boolean,
  ): Promise<readonly HistoryItem[]> {
    const entries = await this.#of(uri, name);
    return entries.slice(0, MOST_ITEMS).map((entry) => {
      const { id, at, environment, outcome, duration, size } = entry;
      return { id, at, environment, outcome, duration, size, isShown: isShown(entry) };
    });
  }

  /**
   * What the latest send of before a reload has come to, if any.
   * @param sendingSince when a send began that was on its way when the view was last drawn: it may have ended since
   * @returns `cutOff` when that send has ended with the window.
   * @throws LatchkeyError `history.gone`, `history.unreadable`
   */
  async latest(
    uri: vscode.Uri,
    name: string,
    sendingSince: number | undefined,
  ): Promise<PastRun | 'cutOff' | undefined> {
    const [latest] = await this.#of(uri, name);
    if (sendingSince !== undefined && !(latest && endOf(latest) >= sendingSince)) return 'cutOff';
    return latest && this.read(latest.id);
  }

  /** @throws LatchkeyError `history.gone`, `history.unreadable` */
  async read(id: string): Promise<PastRun> {
    const record = await this.#history.read(id);
    if (!record) throw new LatchkeyError('history.gone');
    const past = await pastRun(record, this.#pause);
    if (!past) throw new LatchkeyError('history.unreadable');
    return past;
  }

  async #of(uri: vscode.Uri, name: string): Promise<readonly HistoryEntry[]> {
    const all = await this.#history.list();
    return all.filter(({ file, request }) => file === uri.toString() && request === name);
  }
}

/** When a send was over, or had begun at least. */
function endOf({ at, duration }: HistoryEntry): number {
  return at + (duration ?? 0);
}

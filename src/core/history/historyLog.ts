import type { Disposable } from '../disposable';
import { Emitter } from '../emitter';
import { hexText } from '../hex';
import type { Clock, Log, Random } from '../ports';
import type { HistoryEntry, HistoryRecord, KeptBody } from './historyEntry';
import type { HistoryFiles } from './historyFiles';
import { historyText, LONGEST_HEAD, readHistoryEntry, readHistoryText } from './historyText';
import { dataWithoutCredentials, withoutCredentials } from './withoutCredentials';

/** A send that has ended, as it is shown: masked. */
export interface EndedSend {
  readonly entry: Omit<HistoryEntry, 'id'>;
  readonly detail: unknown;
  /** Started before the response can be given up; what rejects is a body that is not kept. */
  readonly body: Promise<KeptBody | undefined>;
}

export interface HistoryLimits {
  /** Entries that are kept at most. */
  readonly entries: number;
  /** Bytes of all files together. */
  readonly bytes: number;
}

export interface HistoryLogDeps {
  readonly files: HistoryFiles;
  readonly random: Random;
  readonly log: Log;
  /** As the settings have it now. */
  readonly limits: () => HistoryLimits;
  readonly clock: Pick<Clock, 'now'>;
  /** Calls back after a number of milliseconds. */
  readonly later: (milliseconds: number, task: () => void) => Disposable;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/** Milliseconds without another send, after which those that wait are written. */
const QUIET = 400;
/** Milliseconds that a send waits at most, and how many wait at most. */
const LONGEST_WAIT = 3000;
const MOST_WAITING = 256;
const SUFFIX = '.history';
/** Files whose first lines are read at once. */
const AT_ONCE = 16;

interface KnownFile {
  readonly entry: HistoryEntry;
  readonly bytes: number;
}

/**
 * The sends of a workspace, each in a file of its own: what a crash leaves behind is one broken file, which is passed
 * over, and several windows can write at once. Adding takes no time; files are written when the sends are over.
 */
export class HistoryLog implements Disposable {
  readonly #deps: HistoryLogDeps;
  readonly #changed = new Emitter<void>();
  #waiting: (EndedSend & { readonly id: string })[] = [];
  #timer: Disposable | undefined;
  #waitingSince = 0;
  /** One thing at a time. */
  #queue: Promise<unknown> = Promise.resolve();
  /** By name; those that are broken too, so that each is reported once. */
  readonly #known = new Map<string, KnownFile | 'broken'>();

  /** Entries were added or removed in this window. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: HistoryLogDeps) {
    this.#deps = deps;
  }

  /** Remembers a send. Returns its id at once. */
  add(send: EndedSend): string {
    const id = newId(send.entry.at, this.#deps.random);
    // Whoever waits for it hears of a failure; until then nobody does.
    send.body.catch(() => undefined);
    this.#waiting.push({ ...send, id });
    const { clock, later } = this.#deps;
    const now = clock.now();
    if (this.#waiting.length === 1) this.#waitingSince = now;
    this.#timer?.dispose();
    const isLong = this.#waiting.length >= MOST_WAITING || now - this.#waitingSince >= LONGEST_WAIT;
    this.#timer = later(isLong ? 0 : QUIET, () => void this.flush());
    return id;
  }

  /** All entries, the newest first. */
  list(): Promise<readonly HistoryEntry[]> {
    return this.#inTurn(async () => {
      await this.#writeWaiting();
      await this.#look();
      return [...this.#known]
        .toSorted(([a], [b]) => (a < b ? 1 : -1))
        .flatMap(([, known]) => (known === 'broken' ? [] : [known.entry]));
    });
  }

  /** `undefined` when it is gone, or cannot be read. */
  read(id: string): Promise<HistoryRecord | undefined> {
    return this.#inTurn(async () => {
      await this.#writeWaiting();
      const bytes = await this.#deps.files.read(id + SUFFIX).catch(() => undefined);
      return bytes && readHistoryText(new TextDecoder().decode(bytes));
    });
  }

  delete(id: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#writeWaiting();
      await this.#delete(id + SUFFIX);
      this.#changed.fire();
    });
  }

  /** Deletes everything, also what waits to be written. */
  clear(): Promise<void> {
    this.#waiting = [];
    return this.#inTurn(async () => {
      this.#waiting = [];
      for (const name of await this.#deps.files.list()) await this.#delete(name);
      this.#known.clear();
      this.#changed.fire();
    });
  }

  /** Resolves when all that was added is on the disk, or could not be written. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#writeWaiting());
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#changed.dispose();
  }

  async #writeWaiting(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = undefined;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const each of waiting) {
      await this.#write(each);
      await this.#deps.pause();
    }
    await this.#keepWithin(this.#deps.limits());
    this.#changed.fire();
  }

  async #write({ id, entry: shown, detail, body }: EndedSend & { readonly id: string }): Promise<void> {
    const { files, log } = this.#deps;
    const kept = await body.catch(() => undefined);
    const entry = { ...shown, id, url: withoutCredentials(shown.url) };
    const text = historyText({
      entry,
      detail: dataWithoutCredentials(detail),
      body: kept && { ...kept, text: withoutCredentials(kept.text) },
    });
    const bytes = new TextEncoder().encode(text);
    try {
      await files.write(id + SUFFIX, bytes);
      this.#known.set(id + SUFFIX, { entry, bytes: bytes.length });
    } catch (error) {
      log.warn(`A send could not be written to the history: ${String(error)}`);
    }
  }

  /** The oldest go first. */
  async #keepWithin({ entries, bytes }: HistoryLimits): Promise<void> {
    await this.#look();
    let [count, size] = [0, 0];
    for (const [name, known] of [...this.#known].toSorted(([a], [b]) => (a < b ? 1 : -1))) {
      if (known !== 'broken') {
        count++;
        size += known.bytes;
      }
      // The latest is kept however big it is: it is what somebody has just sent.
      if (known === 'broken' || count > Math.max(1, entries) || (count > 1 && size > bytes)) await this.#delete(name);
    }
  }

  /** Learns what is there: other windows write and delete, too. */
  async #look(): Promise<void> {
    const { files, log } = this.#deps;
    const names = new Set((await files.list()).filter((name) => name.endsWith(SUFFIX)));
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    const unknown = [...names].filter((name) => !this.#known.has(name));
    for (let from = 0; from < unknown.length; from += AT_ONCE) {
      const some = unknown.slice(from, from + AT_ONCE);
      const heads = await Promise.all(some.map((name) => this.#readHead(name)));
      for (const [index, name] of some.entries()) {
        const known = heads[index];
        if (!known) log.warn(`The history has a file that cannot be read, which is passed over: ${name}`);
        this.#known.set(name, known ?? 'broken');
      }
    }
  }

  async #readHead(name: string): Promise<KnownFile | undefined> {
    const { files } = this.#deps;
    try {
      const [start, bytes] = await Promise.all([files.read(name, LONGEST_HEAD), files.size(name)]);
      const entry = readHistoryEntry(new TextDecoder().decode(start));
      return entry && entry.id + SUFFIX === name ? { entry, bytes } : undefined;
    } catch {
      return undefined;
    }
  }

  async #delete(name: string): Promise<void> {
    await this.#deps.files.delete(name);
    this.#known.delete(name);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** By the time of the send, and then by chance: ids of two windows differ. */
function newId(at: number, random: Random): string {
  return `${Math.max(0, Math.floor(at)).toString(36).padStart(9, '0')}-${hexText(random.bytes(4))}`;
}

import type { HostMessage } from '../shared/protocol';
import type { StreamRow } from '../shared/viewModel';

/** The rows of a stream that are kept here; the host keeps somewhat more. */
const MOST_ROWS = 1000;

/** What the page knows of the stream that is shown. */
export class StreamStore {
  #streamId: string | undefined;
  #rows: StreamRow[] = [];
  #count = 0;
  #items = new Map<number, string>();
  #revision = 0;
  #typed = '';

  get rows(): readonly StreamRow[] {
    return this.#rows;
  }

  /** How many there were at all. */
  get count(): number {
    return this.#count;
  }

  get dropped(): number {
    return this.#count - this.#rows.length;
  }

  /** Changes whenever something has come. */
  get revision(): number {
    return this.#revision;
  }

  /** Something was told of the stream, if only that nothing has come. */
  get isKnown(): boolean {
    return this.#streamId !== undefined;
  }

  /** What stands in the message box, whichever connection it was typed for. */
  get typed(): string {
    return this.#typed;
  }

  set typed(text: string) {
    this.#typed = text;
    this.#revision++;
  }

  /** All of an event, once it has been asked for. */
  item(index: number): string | undefined {
    return this.#items.get(index);
  }

  /** Forgets what belongs to another stream. */
  show(streamId: string | undefined): void {
    if (streamId === this.#streamId) return;
    this.#rows = [];
    this.#count = 0;
    this.#items = new Map();
    this.#streamId = undefined;
    this.#revision++;
  }

  receive(message: HostMessage & { readonly type: 'streamRows' | 'streamItem' }): void {
    this.#revision++;
    if (message.type === 'streamItem') {
      if (message.streamId === this.#streamId) this.#items.set(message.index, message.text);
      return;
    }
    this.show(message.streamId);
    this.#streamId = message.streamId;
    const next = (this.#rows.at(-1)?.index ?? -1) + 1;
    this.#rows = [...this.#rows, ...message.rows.filter(({ index }) => index >= next)].slice(-MOST_ROWS);
    this.#count = message.count;
  }
}

import type { Exchange } from '../../core/http/exchange';
import { MemoryBody } from '../../core/http/memoryBody';
import { formsMasker, maskedBeginning, secretForms } from '../../core/http/secretMasker';
import type { Secret } from '../../core/secret';
import { openBodyView } from '../../core/response/openBodyView';
import type { StreamEvent } from '../../core/stream/streamEvent';
import type { StreamLog } from '../../core/stream/streamLog';
import type { HostMessage } from '../../shared/protocol';
import type { StreamRow } from '../../shared/viewModel';
import { Throttled } from '../platform/throttled';

/** Milliseconds between two reports: events come faster than anybody can look. */
const INTERVAL = 100;
/** Characters of an event in its row, and when it is opened. */
const ROW_LENGTH = 400;
const ITEM_LENGTH = 256 * 1024;

type Post = (message: HostMessage) => void;

/** The stream that is shown: tells the view of its events, each once. */
export class ShownStream {
  readonly id: string;
  readonly log: StreamLog;
  readonly #secrets: readonly Secret[];
  readonly #forms: readonly string[];
  readonly #post: Post;
  readonly #reports: Throttled<void>;
  readonly #subscription: { dispose(): void };
  #next = 0;

  constructor(exchange: Exchange, log: StreamLog, post: Post) {
    this.id = exchange.id;
    this.log = log;
    this.#secrets = exchange.secrets ?? [];
    this.#forms = secretForms(this.#secrets);
    this.#post = post;
    this.#reports = new Throttled(INTERVAL, () => this.#report());
    this.#subscription = log.onDidChange(() => this.#reports.next());
  }

  /** The view has nothing of it yet. */
  begin(): void {
    this.#next = 0;
    this.#report();
  }

  /** Tells all that is kept of an event. */
  async open(index: number): Promise<void> {
    const event = this.log.at(index);
    if (event) this.#post({ type: 'streamItem', streamId: this.id, index, text: await this.#whole(event) });
  }

  dispose(): void {
    this.#reports.stop();
    this.#subscription.dispose();
  }

  #report(): void {
    const rows = this.log.from(this.#next).map((event) => this.#row(event));
    const { count, dropped } = this.log;
    this.#next = count;
    this.#post({ type: 'streamRows', streamId: this.id, rows, count, dropped });
  }

  #row({ index, at, direction, type, id, data, size, isBinary, isCut }: StreamEvent): StreamRow {
    const text = this.#short(data);
    return {
      ...{ index, at, direction, text, size },
      type: type === undefined ? undefined : this.#short(type),
      id: id === undefined ? undefined : this.#short(id),
      isBinary: isBinary === true,
      isCut: isCut === true,
    };
  }

  #short(text: string): string {
    return maskedBeginning(text, ROW_LENGTH, this.#forms);
  }

  async #whole({ data }: StreamEvent): Promise<string> {
    const bytes = new TextEncoder().encode(data);
    const options = { id: 'item', contentType: undefined, mask: this.#secrets, pause: () => Promise.resolve() };
    const view = await openBodyView(new MemoryBody([bytes], bytes.length), options);
    const text =
      view.kind.kind === 'text' ? await view.text(view.hasPretty ? 'pretty' : 'raw') : formsMasker(this.#forms)(data);
    return text.length > ITEM_LENGTH ? `${text.slice(0, ITEM_LENGTH)}…` : text;
  }
}

/** The stream that an exchange has, if it has one. */
export function streamOf({ outcome }: Exchange): StreamLog | undefined {
  return outcome.kind === 'response' ? outcome.response.stream : undefined;
}

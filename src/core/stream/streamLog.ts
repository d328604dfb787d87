import { Emitter } from '../emitter';
import type { Clock } from '../ports';
import type { ReadEvent, StopReason, StreamEnd, StreamEvent } from './streamEvent';
import type { StreamKind } from './streamKind';

/** Events that are kept to be looked at; the body has what was received before. */
export const MOST_EVENTS = 1000;
/** Characters of all of them together. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What whoever watches a stream can do about it. */
export interface StreamControl {
  /** Ends it, as success. */
  stop(): void;
  /** Sends a message over a WebSocket; absent for other streams. */
  send?(text: string): Promise<void>;
}

/** The latest events of a stream, while it goes on and afterwards. What they hold is not masked. */
export class StreamLog {
  readonly kind: StreamKind;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #begin: number;
  readonly #control: StreamControl;
  readonly #changed = new Emitter<void>();
  #events: StreamEvent[] = [];
  #characters = 0;
  #count = 0;
  #received = 0;
  #end: StreamEnd | undefined;
  #stopped: StopReason | undefined;
  #unstored = 0;

  readonly onDidChange = this.#changed.event;

  constructor(kind: StreamKind, clock: Pick<Clock, 'now'>, control: StreamControl) {
    this.kind = kind;
    this.#clock = clock;
    this.#begin = clock.now();
    this.#control = control;
  }

  /** Of both directions, dropped ones included. */
  get count(): number {
    return this.#count;
  }

  get received(): number {
    return this.#received;
  }

  /** How many are not kept any more. */
  get dropped(): number {
    return this.#count - this.#events.length;
  }

  /** Bytes that the body does not have, because it has as many as it may. */
  get unstored(): number {
    return this.#unstored;
  }

  /** `undefined` while it goes on. */
  get end(): StreamEnd | undefined {
    return this.#end;
  }

  /** Why it is being ended by us; `undefined`: it is not. */
  get stopped(): StopReason | undefined {
    return this.#stopped;
  }

  /** Those that are kept, beginning with an index. */
  from(index: number): readonly StreamEvent[] {
    return this.#events.slice(Math.max(0, index - this.dropped));
  }

  /** `undefined`: not kept any more, or not there yet. */
  at(index: number): StreamEvent | undefined {
    return this.#events[index - this.dropped];
  }

  add(event: ReadEvent, direction: StreamEvent['direction'] = 'received'): void {
    const at = Math.max(0, this.#clock.now() - this.#begin);
    this.#events.push({ ...event, direction, at, index: this.#count++ });
    if (direction === 'received') this.#received++;
    this.#characters += event.data.length;
    this.#drop();
    this.#changed.fire();
  }

  noteUnstored(bytes: number): void {
    this.#unstored += bytes;
  }

  /** The first reason counts. */
  stop(reason: StopReason): void {
    if (this.#end || this.#stopped) return;
    this.#stopped = reason;
    this.#control.stop();
  }

  /** Sends what a person has typed. Does nothing where nothing can be sent any more. */
  async send(text: string): Promise<void> {
    if (!this.#end && !this.#stopped) await this.#control.send?.(text);
  }

  close(end: StreamEnd): void {
    this.#end ??= end;
    this.#changed.fire();
  }

  /** In blocks, because moving a thousand for each new one would take its time. */
  #drop(): void {
    const isFull = this.#events.length >= MOST_EVENTS + 100 || this.#characters > MOST_CHARACTERS;
    if (!isFull) return;
    let keep = Math.min(this.#events.length, MOST_EVENTS);
    let characters = this.#events.slice(-keep).reduce((sum, { data }) => sum + data.length, 0);
    while (keep > 1 && characters > MOST_CHARACTERS) characters -= this.#events.at(-keep--)?.data.length ?? 0;
    this.#events = this.#events.slice(-keep);
    this.#characters = characters;
  }
}

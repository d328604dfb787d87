import { createParser, type EventSourceParser } from 'eventsource-parser';
import { LineCutter, type CutLine } from './lineCutter';
import type { ReadEvent } from './streamEvent';
import type { StreamKind } from './streamKind';

/** Characters of one server-sent event that are kept; it may have any number of lines. */
const LONGEST_EVENT = 4 * 1024 * 1024;

/** Hears of what was read. `true`: that was the last one that is wanted. */
export type OnEvent = (event: ReadEvent) => boolean;

/** Finds the events in the bytes of a stream. */
export interface EventReader {
  /** @returns how many bytes were taken: all, or up to the end of the last event that is wanted. */
  push(chunk: Uint8Array): number;
  /** There are no more bytes. */
  end(): void;
}

export function eventReader(kind: Exclude<StreamKind, 'socket'>, onEvent: OnEvent): EventReader {
  return kind === 'events' ? new ServerSentEvents(onEvent) : new JsonLines(onEvent);
}

/** Server-sent events as the HTML standard has them (§9.2.6): one that is not complete at the end is none. */
class ServerSentEvents implements EventReader {
  readonly #cutter = new LineCutter();
  readonly #parser: EventSourceParser;
  #size = 0;
  #isCut = false;
  #isDone = false;

  constructor(onEvent: OnEvent) {
    this.#parser = createParser({
      onEvent: ({ event, id, data }) => {
        this.#isDone = onEvent({ type: event, id, data, size: this.#size, isCut: this.#isCut });
      },
    });
  }

  push(chunk: Uint8Array): number {
    return this.#cutter.push(chunk, (line) => this.#take(line));
  }

  end(): void {
    // The rest of a line is no line.
  }

  #take({ text, size, isCut }: CutLine): boolean {
    this.#size += size;
    if (isCut || (text !== '' && this.#size > LONGEST_EVENT)) this.#isCut = true;
    // What is too long for the parser's memory never gets there; the empty line that ends the event does.
    if (text === '' || this.#size <= LONGEST_EVENT) this.#parser.feed(`${text}\n`);
    if (text !== '') return false;
    this.#size = 0;
    this.#isCut = false;
    return this.#isDone;
  }
}

/** A line for each value; empty ones are passed over, and so is the mark that begins a record of RFC 7464. */
class JsonLines implements EventReader {
  readonly #cutter = new LineCutter();
  readonly #onEvent: OnEvent;

  constructor(onEvent: OnEvent) {
    this.#onEvent = onEvent;
  }

  push(chunk: Uint8Array): number {
    return this.#cutter.push(chunk, (line) => this.#take(line));
  }

  end(): void {
    const line = this.#cutter.rest();
    if (line) this.#take(line);
  }

  #take({ text, size, isCut }: CutLine): boolean {
    const data = text.replace(/^\u001e/, '');
    if (data.trim() === '') return false;
    return this.#onEvent({ type: undefined, id: undefined, data, size, isCut });
  }
}

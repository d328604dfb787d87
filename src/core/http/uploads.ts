import type { StreamedBody, WireBody } from '../ports';
import { isStreamed } from './wireBody';

/** Watches over the streamed bodies of one send: tells how much of one has left, and closes at the end what is open. */
export class Uploads {
  readonly #onBytes: (sent: number, total: number | undefined) => void;
  readonly #open = new Set<AsyncGenerator<Uint8Array>>();

  /** @param onBytes called for each piece that was taken. */
  constructor(onBytes: (sent: number, total: number | undefined) => void) {
    this.#onBytes = onBytes;
  }

  /** The same body, watched. */
  watched(body: WireBody | undefined): WireBody | undefined {
    return isStreamed(body) ? { ...body, open: () => this.#begin(body) } : body;
  }

  /** For when nobody sends any more, whether or not a body was read to its end. */
  close(): void {
    for (const reading of this.#open) reading.return(undefined).catch(() => undefined);
    this.#open.clear();
  }

  #begin(body: StreamedBody): AsyncIterable<Uint8Array> {
    const reading = this.#read(body);
    this.#open.add(reading);
    return reading;
  }

  async *#read(body: StreamedBody): AsyncGenerator<Uint8Array, void, undefined> {
    let sent = 0;
    for await (const piece of body.open()) {
      yield piece;
      sent += piece.length;
      this.#onBytes(sent, body.size);
    }
  }
}

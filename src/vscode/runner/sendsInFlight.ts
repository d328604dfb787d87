import type { StreamLog } from '../../core/stream/streamLog';

interface Send {
  readonly controller: AbortController;
  /** What goes on after the head of its response, and can be ended without losing what has come. */
  stream: StreamLog | undefined;
}

/** The sends that are on their way, one of each request: a newer one takes the place of the one before. */
export class SendsInFlight {
  readonly #sends = new Map<string, Send>();

  get areAny(): boolean {
    return this.#sends.size > 0;
  }

  /** Begins one, and gives up the one of the same request that is on its way. */
  begin(key: string): AbortController {
    this.#sends.get(key)?.controller.abort();
    const controller = new AbortController();
    this.#sends.set(key, { controller, stream: undefined });
    return controller;
  }

  /** Whether no newer one has taken its place. */
  isCurrent(key: string, controller: AbortController): boolean {
    return this.#sends.get(key)?.controller === controller;
  }

  /** It has become a stream. */
  streams(key: string, controller: AbortController, stream: StreamLog): void {
    const send = this.#sends.get(key);
    if (send?.controller === controller) send.stream = stream;
  }

  end(key: string): void {
    this.#sends.delete(key);
  }

  /** A stream is ended, so that what has come stays; asked once more, it is given up like everything else. */
  cancel(key: string): void {
    const send = this.#sends.get(key);
    if (send && !stopped(send)) send.controller.abort();
  }

  cancelAll(): void {
    for (const key of this.#sends.keys()) this.cancel(key);
  }

  /** Ends the streams, which nobody sees any more; what is not one comes to its end by itself. */
  stopStreams(): void {
    for (const send of this.#sends.values()) stopped(send);
  }
}

/** `false`: it is no stream that goes on. */
function stopped({ stream }: Send): boolean {
  if (!stream || stream.end || stream.stopped) return false;
  stream.stop('person');
  return true;
}

import { LatchkeyError, type ErrorCode } from '../errors';
import type { Clock } from '../ports';
import type { ShownAddress } from './httpUrl';
import type { Timeouts } from './httpRequest';
import type { SendPhase } from './sendPhase';

interface Deadline {
  readonly at: number;
  readonly code: ErrorCode;
  /** The limit that ends there. */
  readonly milliseconds: number;
}

/**
 * Watches over one send. Its signal fires when the caller cancels and when a time limit passes; {@link expired} tells
 * which. The limits are those of `Timeouts`: `total` runs from the beginning, the others with the phases of each hop.
 */
export class TimeoutGuard {
  readonly #clock: Clock;
  readonly #timeouts: Timeouts;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  #total: Deadline | undefined;
  #phase: Deadline | undefined;
  #timer: { readonly at: number; readonly stop: AbortController } | undefined;
  #address: ShownAddress;
  #expired: LatchkeyError | undefined;

  constructor(clock: Clock, timeouts: Timeouts, parent: AbortSignal, address: ShownAddress) {
    this.#clock = clock;
    this.#timeouts = timeouts;
    this.#parent = parent;
    this.#address = address;
    if (parent.aborted) this.#controller.abort();
    else parent.addEventListener('abort', this.#onParentAbort, { once: true });
    this.#total = this.#deadline(timeouts.total, 'http.totalTimeout');
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The error of the limit that passed; `undefined` while none did. */
  get expired(): LatchkeyError | undefined {
    return this.#expired;
  }

  startHop(address: ShownAddress): void {
    this.#address = address;
    this.onPhase('connecting');
  }

  onPhase(phase: SendPhase): void {
    this.#phase = this.#deadlineOf(phase);
    this.#arm();
  }

  /** What has begun is endless by nature: `total` ends here, and `idle` goes on. */
  enterStream(): void {
    this.#total = undefined;
  }

  /** Gives up what is under way, though neither a limit has passed nor anybody cancelled. */
  abort(): void {
    this.#controller.abort();
  }

  /** A piece of the body has arrived. */
  onBytes(): void {
    if (this.#timeouts.idle !== undefined) this.#phase = this.#deadlineOf('receiving');
  }

  dispose(): void {
    this.#parent.removeEventListener('abort', this.#onParentAbort);
    this.#timer?.stop.abort();
  }

  readonly #onParentAbort = (): void => this.#controller.abort();

  #deadlineOf(phase: SendPhase): Deadline | undefined {
    switch (phase) {
      case 'connecting':
        return this.#deadline(this.#timeouts.connect, 'http.connectTimeout');
      case 'sending':
        return undefined;
      case 'waiting':
        return this.#deadline(this.#timeouts.headers, 'http.headersTimeout');
      case 'receiving':
        return this.#deadline(this.#timeouts.idle, 'http.idleTimeout');
    }
  }

  #deadline(milliseconds: number | undefined, code: ErrorCode): Deadline | undefined {
    return milliseconds === undefined ? undefined : { at: this.#clock.now() + milliseconds, code, milliseconds };
  }

  /**
   * One timer for all limits. It is set anew only for an earlier end; one that ends too early looks again. That is
   * what keeps a send, and every piece of a body, from costing several timers.
   */
  #arm(): void {
    const next = this.#next();
    if (!next || (this.#timer && this.#timer.at <= next.at)) return;
    this.#timer?.stop.abort();
    const timer = { at: next.at, stop: new AbortController() };
    this.#timer = timer;
    this.#clock.delay(Math.max(0, next.at - this.#clock.now()), timer.stop.signal).then(
      () => this.#onTimer(),
      () => undefined,
    );
  }

  #onTimer(): void {
    this.#timer = undefined;
    const next = this.#next();
    if (next && next.at <= this.#clock.now()) this.#expire(next);
    else this.#arm();
  }

  #next(): Deadline | undefined {
    if (!this.#phase || !this.#total) return this.#phase ?? this.#total;
    return this.#phase.at < this.#total.at ? this.#phase : this.#total;
  }

  #expire({ code, milliseconds }: Deadline): void {
    if (this.signal.aborted) return;
    this.#expired = new LatchkeyError(code, { ...this.#address, seconds: milliseconds / 1000 });
    this.#controller.abort();
  }
}

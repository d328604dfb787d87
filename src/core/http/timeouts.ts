import { LatchkeyError, type ErrorCode } from '../errors';
import type { Clock } from '../ports';
import type { ShownAddress } from './httpUrl';
import type { Timeouts } from './httpRequest';
import type { SendPhase } from './sendPhase';

/**
 * Watches over one send. Its signal fires when the caller cancels and when a time limit passes; {@link expired} tells
 * which. The limits are those of `Timeouts`: `total` runs from the beginning, the others with the phases of each hop.
 */
export class TimeoutGuard {
  readonly #clock: Clock;
  readonly #timeouts: Timeouts;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #total: AbortController | undefined;
  #address: ShownAddress;
  #phaseTimer: AbortController | undefined;
  #lastByte = 0;
  #expired: LatchkeyError | undefined;

  constructor(clock: Clock, timeouts: Timeouts, parent: AbortSignal, address: ShownAddress) {
    this.#clock = clock;
    this.#timeouts = timeouts;
    this.#parent = parent;
    this.#address = address;
    if (parent.aborted) this.#controller.abort();
    else parent.addEventListener('abort', this.#onParentAbort, { once: true });
    this.#total = this.#start(timeouts.total, 'http.totalTimeout');
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
    this.#phaseTimer?.abort();
    this.#phaseTimer = this.#startPhase(phase);
  }

  /** A piece of the body has arrived. */
  onBytes(): void {
    if (this.#timeouts.idle !== undefined) this.#lastByte = this.#clock.now();
  }

  dispose(): void {
    this.#parent.removeEventListener('abort', this.#onParentAbort);
    this.#total?.abort();
    this.#phaseTimer?.abort();
  }

  readonly #onParentAbort = (): void => this.#controller.abort();

  #startPhase(phase: SendPhase): AbortController | undefined {
    switch (phase) {
      case 'connecting':
        return this.#start(this.#timeouts.connect, 'http.connectTimeout');
      case 'sending':
        return undefined;
      case 'waiting':
        return this.#start(this.#timeouts.headers, 'http.headersTimeout');
      case 'receiving':
        return this.#startIdle(this.#timeouts.idle);
    }
  }

  #start(milliseconds: number | undefined, code: ErrorCode): AbortController | undefined {
    if (milliseconds === undefined) return undefined;
    const timer = new AbortController();
    this.#clock.delay(milliseconds, timer.signal).then(
      () => this.#expire(code, milliseconds),
      () => undefined,
    );
    return timer;
  }

  /** One timer that looks back when it ends, instead of a new one for every piece. */
  #startIdle(milliseconds: number | undefined): AbortController | undefined {
    if (milliseconds === undefined) return undefined;
    const timer = new AbortController();
    this.#lastByte = this.#clock.now();
    const wait = (rest: number): void => {
      this.#clock.delay(rest, timer.signal).then(
        () => {
          const left = this.#lastByte + milliseconds - this.#clock.now();
          if (left > 0) wait(left);
          else this.#expire('http.idleTimeout', milliseconds);
        },
        () => undefined,
      );
    };
    wait(milliseconds);
    return timer;
  }

  #expire(code: ErrorCode, milliseconds: number): void {
    if (this.signal.aborted) return;
    this.#expired = new LatchkeyError(code, { ...this.#address, seconds: milliseconds / 1000 });
    this.#controller.abort();
  }
}

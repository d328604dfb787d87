import { isErrorCode } from '../errors';
import type { Clock } from '../ports';

/** After a refresh that failed. Times are milliseconds since the epoch. */
interface Rest {
  readonly since: number;
  /** Until then no refresh is tried while the old token still works. */
  readonly untilConvenient: number;
  /** Until then no refresh is tried at all: the server asked for it. */
  readonly untilAllowed: number;
  readonly error: unknown;
}

/** Milliseconds during which a refresh that failed is not tried again while the old token still works. */
const coolDown = 30_000;

/** Which sessions had a refresh that failed lately, so that nobody asks a server that cannot answer again and again. */
export class RefreshRests {
  readonly #clock: Clock;
  readonly #rests = new Map<string, Rest>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a rest; a server that said for how long it cannot answer is left alone for that long. */
  begin(id: string, error: unknown): void {
    const now = this.#clock.now();
    const asked = isErrorCode(error, 'oauth.serverBusy') ? Number(error.data['seconds']) * 1000 : 0;
    const untilConvenient = now + Math.max(coolDown, asked);
    this.#rests.set(id, { since: now, untilConvenient, untilAllowed: now + asked, error });
  }

  end(id: string): void {
    this.#rests.delete(id);
  }

  /** Whether a refresh that can wait should. */
  isOn(id: string): boolean {
    const rest = this.#current(id);
    return rest !== undefined && this.#clock.now() < rest.untilConvenient;
  }

  /** @throws why the last refresh failed, while the server wants to be left alone. */
  assertAllowed(id: string): void {
    const rest = this.#current(id);
    if (rest && this.#clock.now() < rest.untilAllowed) throw rest.error;
  }

  /** A rest that began in the future was measured by a clock that has been set back since, so it says nothing. */
  #current(id: string): Rest | undefined {
    const rest = this.#rests.get(id);
    return rest && rest.since <= this.#clock.now() ? rest : undefined;
  }
}

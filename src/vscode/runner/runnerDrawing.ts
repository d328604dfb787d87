import { Throttled } from '../platform/throttled';

/** Milliseconds between two drawings: sends may follow each other faster than anybody can look. */
const PAUSE = 30;
const LONGEST_PAUSE = 240;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** When the runner is drawn: at once, or soon where it has just been drawn. */
export class RunnerDrawing {
  readonly #draw: () => Promise<void>;
  readonly #throttled = new Throttled<void>(PAUSE, () => this.#drawForAll(), LONGEST_PAUSE);
  /** Who waits for the next drawing. */
  #waiting: Waiting[] = [];
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: () => Promise<void>) {
    this.#draw = draw;
  }

  /** Resolves when it is drawn. */
  next(): Promise<void> {
    clearTimeout(this.#later);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#throttled.next();
    });
  }

  /** Draws after so many milliseconds, unless it is drawn before. */
  later(milliseconds: number): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.next(), milliseconds);
  }

  stop(): void {
    clearTimeout(this.#later);
    this.#throttled.stop();
  }

  #drawForAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#draw().then(
      () => waiting.forEach(({ resolve }) => resolve()),
      (error: unknown) => waiting.forEach(({ reject }) => reject(error)),
    );
  }
}

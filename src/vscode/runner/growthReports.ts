import type { BodyView } from '../../core/response/bodyView';

/** Milliseconds between two reports: rows come faster than anybody can look. */
const INTERVAL = 200;

/** Says that a body has grown, as often as is of use, and at once when all of it is there. */
export class GrowthReports {
  readonly #subscription: { dispose(): void } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(body: BodyView | undefined, report: () => void) {
    this.#subscription = body?.onDidGrow?.(() => {
      if (body.isComplete) this.#report(report);
      else this.#timer ??= setTimeout(() => this.#report(report), INTERVAL);
    });
  }

  #report(report: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    report();
  }

  dispose(): void {
    this.#subscription?.dispose();
    clearTimeout(this.#timer);
  }
}

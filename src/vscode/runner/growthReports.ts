import type { BodyView } from '../../core/response/bodyView';

/** Milliseconds between two reports: rows come faster than anybody can look. */
const INTERVAL = 100;

/** Says that a body has grown, as often as is of use, and once more at the end. */
export class GrowthReports {
  readonly #subscription: { dispose(): void } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(body: BodyView | undefined, report: () => void) {
    this.#subscription = body?.onDidGrow?.(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        report();
      }, INTERVAL);
    });
  }

  dispose(): void {
    this.#subscription?.dispose();
    clearTimeout(this.#timer);
  }
}

import { takeFocus } from './takeFocus';

/** What there is one of in a response, and again in the next one. */
const PLACES = ['row-list', 'table', 'hex', 'find-bar', 'filter-bar'].map((name) => `latchkey-${name}`);

/**
 * Keeps the focus in the page when what had it goes with a response: at the button that sends, and back in the
 * response when the next one is there and nobody has gone elsewhere meanwhile.
 */
export class FocusKeeper {
  readonly #root: () => ShadowRoot | null;
  /** What has the focus, just before the page is drawn. */
  #before: Element | null = null;
  /** Where in a response the focus was; `undefined`: it was not taken away. */
  #left: string | undefined;

  constructor(root: () => ShadowRoot | null) {
    this.#root = root;
  }

  willDraw(): void {
    this.#before = this.#root()?.activeElement ?? null;
  }

  /** @param hasResponse whether a response is on show. */
  drawn(hasResponse: boolean): void {
    const root = this.#root();
    if (!root) return;
    const send = root.querySelector<HTMLElement>('#send');
    const gone = this.#before?.isConnected === false ? this.#before : undefined;
    if (gone && root.activeElement === null) {
      this.#left = PLACES.find((place) => gone.matches(place)) ?? '[role=tab][aria-selected=true]';
      takeFocus(send);
    } else if (root.activeElement !== send) {
      this.#left = undefined;
    }
    if (!hasResponse || this.#left === undefined) return;
    takeFocus(root.querySelector<HTMLElement>(this.#left));
    this.#left = undefined;
  }
}

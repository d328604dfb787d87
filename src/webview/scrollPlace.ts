import type { UiState } from './uiState';
import type { ShownPosition } from './viewers/pdfLoader';

/** Every setting of the state is a message to the editor: one per scrolling is enough. Milliseconds. */
const PAUSE = 100;

/** Where the shown body is scrolled to; from before a reload until another one is shown. */
export class ScrollPlace {
  #place: UiState['scroll'];
  readonly #rested: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param rested called when the scrolling has stopped */
  constructor(place: UiState['scroll'], rested: () => void) {
    this.#place = place;
    this.#rested = rested;
  }

  get place(): UiState['scroll'] {
    return this.#place;
  }

  /** In a body: a new one starts at its first row. */
  in(bodyId: string): ShownPosition {
    return {
      start: () => (this.#place?.bodyId === bodyId ? this.#place.row : 0),
      moved: (row) => {
        this.#place = { bodyId, row };
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#rested, PAUSE);
      },
    };
  }
}

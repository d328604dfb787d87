import { takeFocus } from './takeFocus';

/**
 * Keeps the focus in the page when what has it is drawn no more, such as a button that has done its work, or the list
 * of a response while the next one is waited for. Without it, keys would mean nothing until somebody clicks.
 */
export class FocusKeeper {
  #had: Element | null = null;
  /** Selects what had the focus and may be drawn again. */
  #missed: string | undefined;

  /** The page is about to be drawn. */
  before(root: DocumentOrShadowRoot): void {
    this.#had = root.activeElement;
  }

  /**
   * The page has been drawn.
   * @param standIn takes the focus until what had it is back.
   */
  after(root: DocumentOrShadowRoot & ParentNode, standIn: HTMLElement | null): void {
    const { activeElement: has } = root;
    const had = this.#had;
    this.#had = null;
    if (had && !had.isConnected && !has) {
      this.#missed = selectorOf(had);
      takeFocus(standIn);
    } else if (this.#missed !== undefined) {
      // Whoever has gone elsewhere meanwhile stays there.
      const back = has === standIn ? root.querySelector<HTMLElement>(this.#missed) : undefined;
      if (back === null) return;
      this.#missed = undefined;
      takeFocus(back);
    }
  }
}

/** `undefined`: it cannot be told from others. */
function selectorOf({ id, localName }: Element): string | undefined {
  if (id !== '') return `#${id}`;
  return localName.includes('-') ? localName : undefined;
}

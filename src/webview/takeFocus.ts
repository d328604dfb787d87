/**
 * Gives an element the focus, unless the page does not have it: people are writing in the editor beside then, and a
 * page that called `focus` would take their keys away.
 */
export function takeFocus(element: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (document.hasFocus()) element?.focus(options);
}

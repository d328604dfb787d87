import type { Locator, Page } from 'playwright-core';

/** The views of the side bar. */
export class SideBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** A view by its title. */
  view(title: string): Locator {
    return this.#page
      .locator('.sidebar .split-view-view')
      .filter({ has: this.#page.locator(`.pane-header .title`, { hasText: title }) });
  }

  /** Opens the view unless it is open. */
  async expand(title: string): Promise<void> {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.press('Enter');
  }

  /** The line of a view that a screen reader reads so. */
  item(view: string, name: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem', { name });
  }

  /** Opens an item that others are below. */
  async open(view: string, name: string | RegExp): Promise<void> {
    const item = this.item(view, name).first();
    await item.waitFor();
    if ((await item.getAttribute('aria-expanded')) === 'true') return;
    await this.focus(view, name);
    await this.#page.keyboard.press('ArrowRight');
  }

  /** Moves the focus to an item, as the arrow keys do, without opening what it stands for. */
  async focus(view: string, name: string | RegExp): Promise<void> {
    const item = this.item(view, name).first();
    await item.scrollIntoViewIfNeeded();
    await item.click({ modifiers: ['Alt'] });
  }

  /** Presses the button that an item shows while the pointer is on it. */
  async press(view: string, name: string | RegExp, button: string): Promise<void> {
    const item = this.item(view, name).first();
    await item.hover();
    await item.getByRole('button', { name: button }).click();
  }
}

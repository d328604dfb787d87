import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';

/** The Accounts menu at the bottom of the activity bar. */
export class AccountsMenu {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #items(): Locator {
    return this.#page.locator('.monaco-menu .action-item:not(.separator) .action-label');
  }

  /** Opens the menu, reads its items and closes it again. There is one at least. */
  async items(): Promise<readonly string[]> {
    const labels = await eventually(async () => {
      await this.open();
      const texts = await this.#items.allInnerTexts();
      // It closes by itself where something else takes the focus; nothing read is not nobody signed in.
      if (texts.length === 0) throw new Error('The Accounts menu closed before it was read');
      return texts;
    });
    await this.close();
    return labels.map((label) => label.trim()).filter((label) => label !== '');
  }

  async open(): Promise<void> {
    // A click that VS Code ignored, because it came too soon after the menu had opened, leaves it open.
    if (await this.#items.first().isVisible()) await this.close();
    await this.#page.locator('.activitybar [aria-label="Accounts"][role="button"]').click();
    await this.#items.first().waitFor();
  }

  async close(): Promise<void> {
    await eventually(async () => {
      // A submenu that is open takes the first Escape.
      await this.#page.keyboard.press('Escape');
      await this.#items.first().waitFor({ state: 'hidden', timeout: 500 });
    });
  }

  /** Chooses an entry and, when given, one of its submenu, e.g. `alice (Latchkey)`, `Sign Out`. */
  async choose(label: string, submenuLabel?: string): Promise<void> {
    await this.open();
    await this.#press(label);
    if (submenuLabel !== undefined) await this.#press(submenuLabel);
  }

  /** With the keyboard: a menu ignores the mouse for a moment after it has opened. */
  async #press(label: string): Promise<void> {
    await this.#item(label).hover();
    await this.#page.keyboard.press('Enter');
  }

  #item(label: string): Locator {
    return this.#items.filter({ hasText: label }).first();
  }
}

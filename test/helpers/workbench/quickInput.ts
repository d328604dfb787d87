import type { Locator, Page } from 'playwright-core';

const openAttemptMs = 2_000;
const openAttempts = 10;

/** VS Code's quick pick and input box, whoever asked for it: command palette, quick open or an extension. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  get input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  get rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row');
  }

  get title(): Locator {
    return this.#widget.locator('.quick-input-title');
  }

  /** Opens it with a key. A key pressed while the window is still loading is lost: pressed again until it shows. */
  async openWith(key: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#page.keyboard.press(key);
      try {
        await this.input.waitFor({ timeout: openAttemptMs });
        return;
      } catch (error) {
        if (attempt === openAttempts) throw error;
      }
    }
  }

  /** Picks the entry whose label is exactly `label`, having typed `filter` when it is given. */
  async pick(label: string, filter?: string): Promise<void> {
    await this.input.waitFor();
    if (filter !== undefined) await this.input.fill(filter);
    const row = this.#row(label);
    await row.click();
    // What is asked next may show in the same widget: the step is over when this answer is no longer on offer.
    await row.waitFor({ state: 'hidden' });
  }

  /** Picks a command by its full title. A palette that opened before the command was known does not show it later. */
  async pickCommand(title: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.openWith('F1');
      await this.input.fill(`>${title}`);
      try {
        await this.#row(title).waitFor({ timeout: openAttemptMs });
        break;
      } catch (error) {
        if (attempt === openAttempts) throw error;
        await this.dismiss();
      }
    }
    await this.pick(title);
  }

  /** Types into an input box and accepts. */
  async enter(text: string): Promise<void> {
    await this.input.fill(text);
    await this.#page.keyboard.press('Enter');
    await this.input.waitFor({ state: 'hidden' });
  }

  /** Presses a button of it, such as `Back`, whose name may go on with a key. */
  async press(name: string): Promise<void> {
    await this.#widget.getByRole('button', { name }).first().click();
  }

  /** What is wrong with the text that was entered. */
  get problem(): Locator {
    return this.#widget.locator('.quick-input-message');
  }

  /** The labels offered at the moment. */
  async labels(): Promise<readonly string[]> {
    await this.rows.first().waitFor();
    return this.rows.locator('.label-name').allInnerTexts();
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.input.waitFor({ state: 'hidden' });
  }

  #row(label: string): Locator {
    return this.rows.filter({ has: this.#page.locator('.label-name', { hasText: exactly(label) }) }).first();
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

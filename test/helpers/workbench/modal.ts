import type { Locator, Page } from 'playwright-core';

/** VS Code's own modal dialog. */
export class Modal {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Message and detail, once a dialog is there. */
  async text(): Promise<string> {
    return this.box.locator('.dialog-message-container').innerText();
  }

  async buttons(): Promise<readonly string[]> {
    await this.box.waitFor();
    return this.box.locator('.dialog-buttons .monaco-button').allInnerTexts();
  }

  /** Clicks the button with exactly this label and waits until the dialog is gone or another took its place. */
  async click(label: string): Promise<void> {
    const button = this.box.getByRole('button', { name: label, exact: true });
    const dialog = await this.box.elementHandle();
    await button.click();
    await dialog.waitForElementState('hidden');
  }
}

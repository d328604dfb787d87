import type { Locator, Page } from 'playwright-core';

/** The notifications shown as toasts, progress included. */
export class Notifications {
  readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-toast .notification-list-item');
  }

  /** The toast whose message contains `text`. */
  withText(text: string | RegExp): Locator {
    return this.toasts.filter({
      has: this.toasts.page().locator('.notification-list-item-message', { hasText: text }),
    });
  }

  async waitFor(text: string | RegExp): Promise<string> {
    const toast = this.withText(text).first();
    await toast.waitFor();
    return toast.locator('.notification-list-item-message').innerText();
  }

  /** Clicks a button of the toast whose message contains `text`, and waits until that toast is gone. */
  async click(text: string | RegExp, button: string): Promise<void> {
    const toast = this.withText(text).first();
    await toast.getByRole('button', { name: button, exact: true }).click();
    await toast.waitFor({ state: 'hidden' });
  }

  async messages(): Promise<readonly string[]> {
    return this.toasts.locator('.notification-list-item-message').allInnerTexts();
  }
}

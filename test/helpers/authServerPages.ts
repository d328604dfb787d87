import type { Page } from 'playwright-core';
import type { Workbench } from './workbench';

/** Signs alice in on the plain pages of the authorization server, which remembers her, and lets her allow. */
export async function allowAsAlice(page: Page): Promise<void> {
  const name = page.locator('input[name=login]');
  const allow = page.getByRole('button', { name: 'Continue' });
  await name.or(allow).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('alice');
    await page.locator('input[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }
  await allow.click();
}

/** The whole way through the popup and back to the window. */
export async function signInAtServer(workbench: Workbench, page: Page): Promise<void> {
  await allowAsAlice(page);
  await page.getByText('You can close this page now').waitFor();
  await page.close();
  await workbench.page.bringToFront();
}

import type { Page } from 'playwright-core';
import type { Workbench } from './workbench';

/** Goes through the playground's pages; a browser that knows Alice is not asked again who signs in. */
export async function signInAsAlice(workbench: Workbench, page: Page): Promise<void> {
  const alice = page.getByRole('button', { name: /Continue as Alice/ });
  const allow = page.getByRole('button', { name: /Allow/ });
  await alice.or(allow).first().waitFor();
  if (await alice.isVisible()) await alice.click();
  await allow.click();
  await page.getByText('You can close this page now').waitFor();
  await page.close();
  await workbench.page.bringToFront();
}

import type { Page } from 'playwright-core';
import { eventually } from '../eventually';

/** Trusts the opened folder the way this version asks for it: in a modal (1.105) or behind a banner (1.139). */
export async function trustFolder(page: Page): Promise<void> {
  const restricted = page.locator('[id="status.workspaceTrust"]', { hasText: 'Restricted Mode' });
  const modal = page.locator('.monaco-dialog-box', { hasText: 'Do you trust the authors' });
  const manage = page.locator('.part.banner a', { hasText: 'Manage' });
  await restricted.waitFor();
  await modal.or(manage).first().waitFor();
  if (await modal.isVisible()) await modal.getByRole('button', { name: 'Yes, I trust the authors' }).click();
  else await trustInEditor(page, () => manage.click());
  await restricted.waitFor({ state: 'hidden' });
}

async function trustInEditor(page: Page, open: () => Promise<void>): Promise<void> {
  await open();
  const editor = page.locator('.workspace-trust-editor');
  const trust = editor.getByRole('button', { name: 'Trust', exact: true });
  // The editor draws itself anew while it opens, and a click on the button of before is lost.
  await eventually(async () => {
    if (await trust.isVisible()) await trust.click({ timeout: 1_000 });
    await page.locator('[id="status.workspaceTrust"]').waitFor({ state: 'hidden', timeout: 500 });
  }, 40_000);
  // The editor is a modal one, without a tab.
  await page.locator('.modal-editor-header [aria-label^="Close"]').click();
  await editor.waitFor({ state: 'hidden' });
}

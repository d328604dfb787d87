import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { RunnerScene } from './runnerScene';

const cornersFile = 'corners.http.yaml';
const sends = 200;

/** Where the runner has too much to show, too little, or no room: for the pictures. */
export async function visitCorners(
  { tour: { runner, say }, workbench, shop, folder }: RunnerScene,
  shot: (name: string) => Promise<void>,
): Promise<void> {
  const { page } = workbench;
  const { frame } = runner;
  await fs.writeFile(path.join(folder, cornersFile), cornerRequests(shop.api));
  await workbench.openFile(cornersFile);
  await workbench.clickCodeLens(say('Send'));
  await frame.getByText('"alice"').first().waitFor();
  await shot('corner-long-url');

  await runner.choose('picture of nothing');
  await runner.button('send').click();
  await runner.shows(runner.text('emptyTitle'));
  await shot('corner-no-bytes');

  const started = Date.now();
  await runner.send('many rows');
  await frame.getByRole('cell', { name: 'Customer 1', exact: true }).waitFor();
  console.log(`100,000 rows: first after ${Date.now() - started} ms`);
  await frame.locator('latchkey-table .scroller').focus();
  const jumped = Date.now();
  await page.keyboard.press('ControlOrMeta+End');
  await frame.getByRole('cell', { name: 'Customer 100000' }).waitFor();
  console.log(`the last one ${Date.now() - jumped} ms later`);
  await shot('corner-many-rows');

  await runner.send('refused');
  await runner.shows(runner.text('failed').slice(0, 3)).catch(() => undefined);
  await shot('corner-refused');

  await runner.choose('never');
  await runner.button('send').click();
  await runner.button('cancel').waitFor();
  await frame.locator('.sending').waitFor();
  await shot('corner-sending');
  await workbench.reload();
  await runner.button('send').waitFor();
  await shot('corner-reloaded');

  await runner.choose('orders');
  for (let index = 0; index < sends; index += 1) {
    await runner.button('send').click();
    await frame.getByText(`"count": ${index + 1}`).waitFor();
  }
  await runner.button('history', { name: 'orders' }).click();
  await frame.locator('latchkey-history-menu .entry').nth(50).waitFor();
  await shot('corner-history');
  await page.keyboard.press('End');
  await shot('corner-history-end');
  await page.keyboard.press('Escape');

  await frame.getByRole('combobox', { name: runner.text('chooseRequest') }).click();
  await shot('corner-picker');
  await page.keyboard.press('Escape');
  for (const width of [900, 720]) {
    await page.setViewportSize({ width, height: 760 });
    await shot(`corner-width-${width}`);
    await runner.button('edit').click();
    await runner.field('editUrl').waitFor();
    await shot(`corner-width-${width}-edit`);
    await page.keyboard.press('Escape');
    await runner.openTab('timing');
    await shot(`corner-width-${width}-timing`);
    await runner.openTab('sent');
    await shot(`corner-width-${width}-sent`);
    await runner.openTab('body');
  }
}

function cornerRequests(api: string): string {
  const long = Array.from({ length: 60 }, (_, index) => `filter[field-${index}]=value%20${index}`).join('&');
  return `baseUrl: ${api}
requests:
  a request with a name that goes on and on as names do that are made from an API description:
    get: "/me?${long}"
  picture of nothing: { get: /nothing.png }
  many rows: { get: /many.csv }
  refused: { get: "http://127.0.0.1:9/" }
  never: { get: /never }
  orders: { get: /counted }
`;
}

import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { startAuthServer } from '../helpers/oauth/authServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { uiTexts, type UiLanguage } from '../helpers/uiTexts';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';
import { ordersFile, requestFile, RunnerTour, shopProject, shopRequests } from './runnerTour';
import { startShop, type ShopServer } from './shopServer';

export interface RunnerScene {
  readonly tour: RunnerTour;
  readonly workbench: Workbench;
  readonly server: CodeServer;
  readonly shop: ShopServer;
  readonly folder: string;
}

export interface SceneOptions {
  readonly language: UiLanguage;
  /** User settings beside those of every tour. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const tourSettings = {
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'window.commandCenter': false,
} as const;

/** Opens a window on the folder of the tour, trusted, and has it used. `shot` gets the name of a state. */
export async function withRunnerScene(
  t: TestContext,
  { language, settings }: SceneOptions,
  shot: (scene: RunnerScene, name: string) => Promise<void>,
  use: (scene: RunnerScene) => Promise<void>,
): Promise<void> {
  const shop = await startShop(t);
  await using login = await startAuthServer({ host: 'login.localhost' });
  await using parent = await temporaryFolder('shop');
  const folder = path.join(parent.path, 'acme-shop');
  await fs.mkdir(folder);
  await fs.writeFile(path.join(folder, requestFile), shopRequests(shop));
  await fs.writeFile(path.join(folder, 'latchkey.yaml'), shopProject(login.issuer, shop));
  await fs.writeFile(path.join(folder, 'orders.http.yaml'), ordersFile);
  await using server = await CodeServer.start(latestVersion, {
    trusting: true,
    vsix: [testedVsix],
    settings: { ...tourSettings, ...settings },
    ...(language === 'en' ? {} : { locale: language }),
  });
  await withBrowser('runner', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder));
    const tour: RunnerTour = new RunnerTour({
      ...{ workbench, shop, folder, say: uiTexts(language) },
      shot: (name) => shot(scene, name),
    });
    const scene = { tour, workbench, server, shop, folder };
    await use(scene);
  });
}

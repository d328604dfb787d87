// Draws every state of the token inspector in every theme, for people to look at: test-results/inspector/*.png
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { withBrowser } from '../helpers/browser';
import { resultsFolder } from '../helpers/repository';
import { InspectorPage } from './inspectorPage';
import { inspectorStates } from './inspectorSamples';
import { themes } from './themes';
import type { ThemeName } from './viewPage';

const folder = path.join(resultsFolder, 'inspector');
const widths = { wide: 960, narrow: 400 } as const;

async function draw(theme: ThemeName, only: string | undefined): Promise<void> {
  await withBrowser('inspector-screens', async (browser) => {
    for (const [size, width] of Object.entries(widths)) {
      for (const [name, model] of Object.entries(inspectorStates)) {
        if (only !== undefined && !name.includes(only)) continue;
        await using inspector = await InspectorPage.open(browser, { theme, width, height: 1500 });
        await inspector.show(model());
        const file = `${name.replaceAll(' ', '-')}-${size}-${theme}.png`;
        await inspector.page.screenshot({ path: path.join(folder, file) });
        if (inspector.problems.length > 0) console.log(`${file}: ${inspector.problems.join('; ')}`);
      }
    }
  });
}

async function main(): Promise<void> {
  const [only, wanted] = process.argv.slice(2);
  await mkdir(folder, { recursive: true });
  for (const theme of Object.keys(themes) as ThemeName[]) {
    if (wanted === undefined || wanted === theme) await draw(theme, only);
  }
}

void main();

// The tour of the runner for people to look at, in four themes: test-results/screenshots/looks-*.png. By hand:
// node out/test/journey/runnerLooks.entry.js; LATCHKEY_TOUR_THEME=dark for one theme, LATCHKEY_TOUR_LANGUAGE=de for
// German, LATCHKEY_TOUR=corners for what has too much to show, or no room.
import { test } from 'node:test';
import { axeAudit } from '../helpers/axeAudit';
import { colorThemeSetting, type ThemeKind } from '../helpers/colorTheme';
import { latestVersion } from '../tools/provision/vsCode';
import { visitCorners } from './runnerCorners';
import { withRunnerScene, type RunnerScene } from './runnerScene';

const all: readonly ThemeKind[] = ['light', 'dark', 'highContrast', 'highContrastLight'];
const wanted = process.env['LATCHKEY_TOUR_THEME'];
const language = process.env['LATCHKEY_TOUR_LANGUAGE'] === 'de' ? 'de' : 'en';
const isCorners = process.env['LATCHKEY_TOUR'] === 'corners';

for (const theme of all.filter((each) => wanted === undefined || each === wanted)) {
  test(`the runner in ${theme}`, { timeout: 600_000 }, async (t) => {
    const options = { language, settings: colorThemeSetting(latestVersion, theme) } as const;
    const shot = async ({ workbench, tour }: RunnerScene, name: string): Promise<void> => {
      await workbench.screenshot(`looks-${name}-${theme}${language === 'en' ? '' : `-${language}`}`);
      // Behind another tab there is nothing to look at.
      if (!(await tour.runner.frame.locator('latchkey-runner').isVisible())) return;
      for (const finding of await axeAudit(await tour.runner.document())) console.log(`${name}, ${theme}: ${finding}`);
    };
    await withRunnerScene(t, options, shot, (scene) =>
      isCorners ? visitCorners(scene, (name) => shot(scene, name)) : scene.tour.go(),
    );
  });
}

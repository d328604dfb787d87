// The tour of the runner for people to look at, each state in four themes: test-results/screenshots/looks-*.png.
// By hand: node out/test/journey/runnerLooks.entry.js; LATCHKEY_TOUR_LANGUAGE=de for German, LATCHKEY_TOUR=corners for
// what has too much to show, or no room.
import { test } from 'node:test';
import { axeAudit } from '../helpers/axeAudit';
import { colorThemeSetting, type ThemeKind } from '../helpers/colorTheme';
import { quietSettings, writeUserSettings } from '../helpers/quietSettings';
import { latestVersion } from '../tools/provision/vsCode';
import { visitCorners } from './runnerCorners';
import { tourSettings, withRunnerScene, type RunnerScene } from './runnerScene';

/** The class that VS Code gives its window. */
const classes: Readonly<Record<ThemeKind, string>> = {
  highContrastLight: 'hc-light',
  highContrast: 'hc-black',
  dark: 'vs-dark',
  light: 'vs',
};
const language = process.env['LATCHKEY_TOUR_LANGUAGE'] === 'de' ? 'de' : 'en';

async function shots({ workbench, server, tour }: RunnerScene, name: string): Promise<void> {
  for (const [theme, className] of Object.entries(classes) as [ThemeKind, string][]) {
    const settings = { ...quietSettings, ...tourSettings, ...colorThemeSetting(latestVersion, theme) };
    await writeUserSettings(server.userData, settings);
    await workbench.page.locator(`.monaco-workbench.${className}`).waitFor();
    await workbench.screenshot(`looks-${name}-${theme}${language === 'en' ? '' : `-${language}`}`);
    for (const finding of await axeAudit(await tour.runner.document())) console.log(`${name} in ${theme}: ${finding}`);
  }
}

const isCorners = process.env['LATCHKEY_TOUR'] === 'corners';

test('the runner in all themes', { timeout: 1_800_000 }, (t) =>
  withRunnerScene(t, language, shots, (scene) =>
    isCorners ? visitCorners(scene, (name) => shots(scene, name)) : scene.tour.go(),
  ),
);

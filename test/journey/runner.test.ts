import { test } from 'node:test';
import { systemThemeSetting } from '../helpers/colorTheme';
import { latestVersion } from '../tools/provision/vsCode';
import { withRunnerScene } from './runnerScene';

/** Cookies, streams, sockets, viewers, editing, saving, comparing: in VS Code itself, where only the text was seen. */
test('somebody uses all that the runner can do', { timeout: 240_000 }, (t) =>
  withRunnerScene(
    t,
    { language: 'en', settings: systemThemeSetting(latestVersion) },
    async ({ workbench }, name) => {
      for (const scheme of name === 'overview' ? (['dark', 'light'] as const) : []) {
        await workbench.preferScheme(scheme);
        await workbench.screenshot(`runner-${name}-${scheme}`);
      }
      await workbench.screenshot(`runner-${name}`);
    },
    ({ tour }) => tour.go(),
  ),
);

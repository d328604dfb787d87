import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Settings for a window of ours: nothing calls out, nothing pops up beside the subject. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
} as const;

/** Every folder is trusted. */
export const trustingSettings = { 'security.workspace.trust.enabled': false } as const;

/** Writes the user settings of a VS Code whose user data is in `userData`. */
export async function writeUserSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = path.join(userData, 'User');
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

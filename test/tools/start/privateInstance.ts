import * as fs from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { quietSettings, writeUserSettings } from '../../helpers/quietSettings';
import { repositoryRoot } from '../../helpers/repository';

/** The folders of a VS Code of our own, apart from the user's. */
export interface PrivateInstance {
  readonly userData: string;
  readonly extensions: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** With the runner beside it, half of the window is left for a file. */
const roomySettings = { 'editor.minimap.enabled': false, 'editor.wordWrap': 'on' } as const;

/**
 * Prepares a VS Code that has the checkout as its only installed extension. The checkout itself is what is loaded: after
 * `npm run build`, reloading the window shows the change. Settings that the user changed there stay.
 */
export async function preparePrivateInstance(name: string): Promise<PrivateInstance> {
  const root = path.join(repositoryRoot, 'out', 'start', name);
  const instance = { userData: path.join(root, 'user-data'), extensions: path.join(root, 'extensions') };
  if (!existsSync(path.join(instance.userData, 'User', 'settings.json'))) {
    await writeUserSettings(instance.userData, { ...quietSettings, ...roomySettings });
  }
  await registerCheckout(instance.extensions);
  return instance;
}

/** VS Code's list of installed extensions may name a folder anywhere: nothing is packaged or copied. */
async function registerCheckout(extensions: string): Promise<void> {
  const manifest = JSON.parse(await fs.readFile(path.join(repositoryRoot, 'package.json'), 'utf8')) as Manifest;
  const location = path.posix.join('/', repositoryRoot.replaceAll('\\', '/'));
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, scheme: 'file', path: location },
    metadata: { isMachineScoped: true, source: 'vsix', pinned: true },
  };
  await fs.mkdir(extensions, { recursive: true });
  await fs.writeFile(path.join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

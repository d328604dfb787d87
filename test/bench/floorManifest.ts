import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { repositoryRoot } from '../helpers/repository';

const manifest = {
  name: 'floor',
  publisher: 'latchkey-tests',
  version: '1.0.0',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  contributes: { commands: [{ command: 'floor.send', title: 'Send' }] },
};

/** Puts the extension that bounds what VS Code itself costs into a folder. */
export async function floorExtension(folder: string): Promise<void> {
  const bundle = path.join(repositoryRoot, 'out', 'test', 'bench', 'floorExtension.entry.js');
  await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await fs.copyFile(bundle, path.join(folder, 'extension.js'));
}

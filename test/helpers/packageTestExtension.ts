import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { packageExtension } from './packageExtension';
import { repositoryRoot } from './repository';

/** Packages an extension made for a journey, from its manifest and the bundle of `test/journey/<entry>.entry.ts`. */
export async function packageTestExtension(
  folder: string,
  manifest: { readonly name: string },
  entry: string,
): Promise<string> {
  await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await fs.writeFile(path.join(folder, 'README.md'), 'Made for a test.');
  await fs.writeFile(path.join(folder, 'LICENSE'), 'MIT');
  const bundle = path.join(repositoryRoot, 'out', 'test', 'journey', `${entry}.entry.js`);
  await fs.copyFile(bundle, path.join(folder, 'extension.js'));
  const vsix = path.join(folder, `${manifest.name}.vsix`);
  await packageExtension(folder, vsix);
  return vsix;
}

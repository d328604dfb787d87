import { createVSIX } from '@vscode/vsce';

/** Packages the extension in `folder` as the Marketplace would get it. `dependencies: false`: everything is bundled. */
export async function packageExtension(folder: string, vsix: string): Promise<void> {
  await createVSIX({ cwd: folder, packagePath: vsix, dependencies: false });
}

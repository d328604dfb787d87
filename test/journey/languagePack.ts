import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { packageExtension } from '../helpers/packageExtension';

/** A language pack without a translation of its own: VS Code stays English, extensions speak the language. */
export async function languagePack(folder: string, languageId: string): Promise<string> {
  const manifest = {
    name: `language-pack-${languageId}`,
    publisher: 'latchkey-tests',
    version: '1.0.0',
    license: 'MIT',
    repository: 'https://example.com/language-pack.git',
    engines: { vscode: '^1.105.0' },
    categories: ['Language Packs'],
    contributes: {
      localizations: [{ languageId, translations: [{ id: 'vscode', path: './vscode.i18n.json' }] }],
    },
  };
  const files = {
    'package.json': manifest,
    'vscode.i18n.json': { version: '1.0.0', contents: {} },
    'README.md': 'Made for a test.',
    LICENSE: 'MIT',
  };
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await fs.writeFile(path.join(folder, name), text);
  }
  const vsix = path.join(folder, 'language-pack.vsix');
  await packageExtension(folder, vsix);
  return vsix;
}

import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Has the VS Code whose data is in `userData` take `language` for one that it knows, as a language pack does. The pack
 * is empty: VS Code stays English, extensions speak the language.
 */
export async function addDisplayLanguage(userData: string, language: string): Promise<void> {
  const translation = path.join(userData, `${language}.i18n.json`);
  const extensions = [{ extensionIdentifier: { id: `latchkey-tests.${language}` }, version: '1.0.0' }];
  const pack = { hash: language, extensions, translations: { vscode: translation }, label: language };
  await fs.mkdir(userData, { recursive: true });
  await fs.writeFile(translation, JSON.stringify({ version: '1.0.0', contents: {} }));
  await fs.writeFile(path.join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

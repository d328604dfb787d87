import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from './repository';

export type UiLanguage = 'en' | 'de';

/** What Latchkey shows in place of an English text. */
export type Say = (english: string, facts?: Readonly<Record<string, string>>) => string;

/** Texts as a window in `language` has them. */
export function uiTexts(language: UiLanguage): Say {
  const bundle = language === 'en' ? {} : readBundle(language);
  return (english, facts = {}) => {
    const text = language === 'en' ? english : bundle[english];
    if (text === undefined) throw new Error(`There is no ${language} text for: ${english}`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
  };
}

function readBundle(language: UiLanguage): Readonly<Record<string, string>> {
  const file = path.join(repositoryRoot, 'l10n', `bundle.l10n.${language}.json`);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;
}

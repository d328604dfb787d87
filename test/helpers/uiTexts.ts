import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryRoot } from './repository';

export type UiLanguage = 'en' | 'de';

/** What Latchkey shows in place of an English text. */
export type Say = (english: string, facts?: Readonly<Record<string, string>>) => string;

/** Texts as a window in `language` has them. */
export function uiTexts(language: UiLanguage): Say {
  const texts = language === 'en' ? {} : { ...readManifest(language), ...readBundle(language) };
  return (english, facts = {}) => {
    const text = language === 'en' ? english : texts[english];
    if (text === undefined) throw new Error(`There is no ${language} text for: ${english}`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
  };
}

type Texts = Readonly<Record<string, string>>;

function readBundle(language: UiLanguage): Texts {
  return readTexts(path.join('l10n', `bundle.l10n.${language}.json`));
}

/** Names of commands and views. */
function readManifest(language: UiLanguage): Texts {
  const translated = readTexts(`package.nls.${language}.json`);
  const english = Object.entries(readTexts('package.nls.json'));
  return Object.fromEntries(english.map(([key, text]) => [text, translated[key] ?? text]));
}

function readTexts(file: string): Texts {
  return JSON.parse(fs.readFileSync(path.join(repositoryRoot, file), 'utf8')) as Texts;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { sourceStrings } from './sourceStrings';

export const bundlePath = 'l10n/bundle.l10n.json';
/** Languages that Latchkey speaks beside English. */
export const languages = ['de'] as const;

export type Strings = Readonly<Record<string, string>>;

/** What `npm run docs` makes of the texts in the sources and of the translations, by path. */
export function l10nFiles(root: string): Readonly<Record<string, string>> {
  const { strings } = sourceStrings(root);
  const files: Record<string, string> = { [bundlePath]: written(Object.fromEntries(strings.map((text) => [text, text]))) };
  const manifest = readStrings(root, 'package.nls.json');
  for (const language of languages) {
    const bundle = keep(readStrings(root, translationPath(language)), strings);
    files[translationPath(language)] = written(bundle);
    files[untranslatedPath(language)] = written({
      manifest: Object.keys(manifest).filter((key) => !(key in readStrings(root, manifestPath(language)))),
      bundle: strings.filter((text) => !(text in bundle)),
    });
  }
  return files;
}

export function translationPath(language: string): string {
  return `l10n/bundle.l10n.${language}.json`;
}

export function manifestPath(language: string): string {
  return `package.nls.${language}.json`;
}

/** What is shown in English still, so that it is known and not only noticed. */
export function untranslatedPath(language: string): string {
  return `l10n/untranslated.${language}.json`;
}

/** Line by line: after a merge of both sides' lines a comma may be missing or left over. */
export function readStrings(root: string, file: string): Strings {
  const full = path.join(root, file);
  const lines = fs.existsSync(full) ? fs.readFileSync(full, 'utf8').split('\n') : [];
  const entries = lines.flatMap((line) => {
    const [, key, value] = /^\s*("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),?$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[JSON.parse(key) as string, JSON.parse(value) as string]];
  });
  return Object.fromEntries(entries) as Strings;
}

/** Translations of texts that are gone go with them. */
function keep(translations: Strings, strings: readonly string[]): Strings {
  return Object.fromEntries(strings.flatMap((text) => (text in translations ? [[text, translations[text] ?? '']] : [])));
}

function written(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

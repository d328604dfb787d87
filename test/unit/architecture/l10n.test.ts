import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import {
  bundlePath,
  l10nFiles,
  languages,
  manifestPath,
  readStrings,
  translationPath,
  untranslatedPath,
} from '../../tools/docs/l10n/l10nFiles';
import { rawStrings } from '../../tools/docs/l10n/rawStrings';
import { sourceStrings } from '../../tools/docs/l10n/sourceStrings';

/** What stands for an example of what to enter, or is a name in code: the same in every language. */
const examples = [
  'http://127.0.0.1/callback?code=…&state=…',
  'https://api.example.com',
  'orders.read orders.write',
  'new',
  'latchkey',
  'curl',
];

suite('translation', () => {
  const { strings, faults } = sourceStrings('.');

  test('finds the texts of the code, of errors, diagnostics and pages', () => {
    for (const text of ['Which connection?', 'Send request ({key})', '$(run-all) Send all']) {
      assert.ok(strings.includes(text), text);
    }
    assert.ok(strings.length > 1000);
    assert.deepEqual(faults, [], 'every call names its text, or asks a table of src/core/text');
  });

  test('whatever people read passes through vscode.l10n.t', () => {
    const raw = rawStrings('.').filter((found) => !examples.some((example) => found.endsWith(`: ${example}`)));
    assert.deepEqual(raw, []);
  });

  test('whatever the manifest says is in package.nls.json', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    const raw: string[] = [];
    const visit = (value: unknown, key: string): void => {
      if (typeof value === 'string' && manifestTexts.has(key) && !/^(?:%[^%]+%|Latchkey)$/.test(value)) raw.push(value);
      if (typeof value !== 'object' || value === null) return;
      for (const [name, each] of Object.entries(value)) visit(each, Array.isArray(value) ? key : name);
    };
    visit(manifest['contributes'], '');
    assert.deepEqual(raw, []);
  });

  test('the bundles are what the sources make them: else run "npm run docs"', () => {
    for (const [file, content] of Object.entries(l10nFiles('.')))
      assert.equal(readFileSync(file, 'utf8'), content, file);
    assert.deepEqual(Object.keys(readStrings('.', bundlePath)), strings);
  });

  for (const language of languages) {
    test(`what is translated into ${language} has the placeholders, icons and links of its text`, () => {
      const english = readStrings('.', 'package.nls.json');
      const manifest = Object.entries(readStrings('.', manifestPath(language)));
      const pairs = [
        ...Object.entries(readStrings('.', translationPath(language))),
        ...manifest.map(([key, text]) => [english[key] ?? `no ${key}`, text] as const),
      ];
      assert.ok(pairs.length > 0);
      for (const [text, translation] of pairs) {
        assert.deepEqual(marksIn(translation), marksIn(text), `${text} → ${translation}`);
        assert.notEqual(translation.trim(), '', text);
      }
    });

    test(`what is not in ${language} yet is known`, (t) => {
      const { manifest, bundle } = JSON.parse(readFileSync(untranslatedPath(language), 'utf8')) as Untranslated;
      const translated = readStrings('.', translationPath(language));
      const missing = strings.filter((text) => !(text in translated));
      assert.deepEqual(missing, bundle);
      t.diagnostic(`${missing.length + manifest.length} of ${strings.length} texts are not in "${language}" yet`);
    });
  }
});

interface Untranslated {
  readonly manifest: readonly string[];
  readonly bundle: readonly string[];
}

const manifestTexts = new Set([
  ...['title', 'description', 'markdownDescription', 'name', 'contextualTitle', 'contents', 'altText', 'shortTitle'],
  ...['enumDescriptions', 'markdownEnumDescriptions', 'deprecationMessage', 'markdownDeprecationMessage'],
]);

/** What has to be the same in every language, in any order. */
function marksIn(text: string): readonly string[] {
  return (text.match(/\{\w+\}|\$\([\w~-]+\)|\(command:[\w.]+\)|\$\{[^}]*\}/g) ?? []).sort();
}

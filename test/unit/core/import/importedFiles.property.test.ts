import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { it } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import type { ImportedFiles } from '../../../../src/core/import/draft/importedFiles';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { importedText, importFixtures, writtenImport } from '../../../helpers/imported';
import { fc } from '../../../helpers/properties';
import { summary } from '../../../helpers/requestFiles';

const jsonFixtures = [
  'acme.postman_collection.json',
  'old.postman_collection.json',
  'local.postman_environment.json',
  'insomnia-4.json',
  'recorded.har',
  'http-client.env.json',
];
const textFixtures = ['orders.http', 'httpyac.http', 'insomnia-5.yaml', 'opencollection.yml'];

/** What people and programs write where something else is expected. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    ...['{{x}}', '{{ x y }}', '{{', '}}', '{{a.b}}', '${x}', '$${', '${', '{{$guid}}', '{{uuid}}', '${{x}}', '$${{x}}'],
    ...[
      '',
      ' ',
      '\n',
      '- a',
      'a: b',
      '# x',
      '*/*',
      '{',
      '[',
      '"',
      "'",
      '|',
      '>',
      '%',
      '@',
      '`',
      '!tag',
      '&a',
      '*a',
      '---',
    ],
    ...[
      'a\r\nb',
      ' leading',
      'trailing ',
      '\ttab',
      'é',
      '😀',
      '\ufdd4x\ufdd5',
      '\ud800',
      '\0',
      '\u2028',
      'x-y',
      'null',
      '1.0',
    ],
    ...[
      'http://',
      'https://{{h}}/:id',
      '/:id',
      'wss://a/b',
      'https://u:p@h/?a=b&c#d',
      '?a=1&b',
      'http://[::1]/',
      '//x',
      ':',
    ],
    ...[
      'Bearer abc{{x}}',
      'Basic YTpi',
      'application/json',
      'application/xml',
      'GET',
      'CONNECT',
      'a b',
      '__proto__',
      'constructor',
    ],
    ...[
      '{% uuid %}',
      "{% response 'body', 'req_1', '$.a' %}",
      '../../etc/passwd',
      'C:\\x',
      '~/.ssh/id_rsa',
      'now',
      'none',
    ],
  ),
);
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e21, [], {}),
  fc.array(oddText, { maxLength: 2 }),
  fc.dictionary(oddText, oddText, { maxKeys: 2 }),
);

/** A file of which everything can be made: it never fails but with an error that says so, and what is written can be read. */
async function check(fileName: string, text: string): Promise<boolean> {
  let made: ImportedFiles;
  try {
    made = await importedText(fileName, text);
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, error instanceof Error ? error.stack : String(error));
    return false;
  }
  const { files, project } = writtenImport(made);
  const errors = (found: ReturnType<typeof parseRequestFile>['diagnostics']): typeof found =>
    found.filter(({ severity }) => severity === 'error');
  const names = new Set<string>();
  for (const [name, written] of files) {
    assert.ok(!names.has(name.toLowerCase()), name);
    names.add(name.toLowerCase());
    const file = parseRequestFile(written);
    assert.deepEqual(summary(written, errors(file.diagnostics)), [], written);
    assert.ok(!/[\ufdd4\ufdd5]/.test(written), written);
  }
  assert.deepEqual(summary(project, errors(parseProjectFile(project).diagnostics)), [], project);
  const count = made.files.reduce((sum, { requests }) => sum + requests, 0);
  assert.equal(
    [...files.values()].reduce((sum, written) => sum + parseRequestFile(written).requests.length, 0),
    count,
  );
  return true;
}

/** The value with the member that a number chooses replaced. */
function mutated(value: unknown, choice: number, replacement: unknown): unknown {
  const places: (() => void)[] = [];
  const copy = structuredClone(value);
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push(() => Object.assign(node, { [key]: replacement }));
      walk(inner);
    }
  };
  walk(copy);
  places[choice % places.length]?.();
  return copy;
}

it('an export in which some things are not as expected is imported, or refused in words', async () => {
  const values = new Map(
    jsonFixtures.map((name) => [name, JSON.parse(fs.readFileSync(path.join(importFixtures, name), 'utf8')) as unknown]),
  );
  let imported = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...jsonFixtures),
      fc.array(fc.tuple(fc.nat(), oddValue), { minLength: 1, maxLength: 12 }),
      async (name, changes) => {
        const changed = changes.reduce((value, [at, put]) => mutated(value, at, put), values.get(name));
        if (await check(name, JSON.stringify(changed))) imported++;
      },
    ),
    { numRuns: 150 },
  );
  assert.ok(imported > 100, `${imported} were imported`);
});

it('a text in which pieces are missing or odd is imported, or refused in words', async () => {
  const texts = new Map(textFixtures.map((name) => [name, fs.readFileSync(path.join(importFixtures, name), 'utf8')]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...textFixtures),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 }), oddText), { minLength: 1, maxLength: 6 }),
      async (name, changes) => {
        const changed = changes.reduce(
          (text, [at, length, put]) => {
            const start = at % (text.length + 1);
            return text.slice(0, start) + put + text.slice(start + length);
          },
          texts.get(name) ?? '',
        );
        await check(name, changed);
      },
    ),
    { numRuns: 120 },
  );
});

it('any text is imported or refused in words', async () => {
  const names = fc.constantFrom('a.http', 'a.json', 'a.har', 'a.yaml', 'a.yml', 'a.txt', 'http-client.env.json');
  await fc.assert(
    fc.asyncProperty(names, fc.oneof(oddText, fc.json(), fc.string({ unit: 'grapheme' })), async (name, text) => {
      await check(name, text);
    }),
  );
});

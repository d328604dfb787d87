import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { resolveConnection } from '../../../../src/core/request/resolveConnection';
import { importedFixtures, importFixtures, shownImport, writtenImport } from '../../../helpers/imported';
import { summary } from '../../../helpers/requestFiles';

/** By the file that holds what they become. What keeps a request from being sent is in the notes, too. */
const fixtures: readonly (readonly [expected: string, names: readonly string[], faults?: readonly string[]])[] = [
  [
    'postman.txt',
    ['acme.postman_collection.json', 'local.postman_environment.json'],
    ['error variable.unknownHere «${amount|json}»'],
  ],
  ['postman-2.0.txt', ['old.postman_collection.json'], ['error variable.unknownHere «${randomFirstName}»']],
  ['http.txt', ['orders.http', 'http-client.env.json', 'http-client.private.env.json']],
  ['httpyac.txt', ['httpyac.http']],
  ['insomnia-5.txt', ['insomnia-5.yaml']],
  ['insomnia-4.txt', ['insomnia-4.json'], ['error expression.fileOutside «/home/alice/march.pdf»']],
  ['opencollection.txt', ['opencollection.yml']],
  [
    'opencollection-folder.txt',
    [
      'bruno/opencollection.yml',
      'bruno/environments/local.yml',
      'bruno/users/folder.yml',
      'bruno/users/show.yml',
      'bruno/users/list.yml',
      'bruno/health.yml',
    ],
  ],
  ['har.txt', ['recorded.har']],
];

/** Everything in the fixtures that nobody else may see. */
const canaries: readonly string[] = [
  ...['hunter2-hunter2', 'correct horse battery', 'c4che-k3y-9f8e7d', 's3cr3t-of-reports', 'alices-pa55word'],
  ...['l0cal-adm1n', 'k3y-0123456789abcdef', 'r3ports-s3cret', 'alices-own', 'shop-5ecret-01', 'alices-pa55'],
  ...['key-0123456789', 'eyJhbGciOiJIUzI1NiJ9', '0123456789abcdef0123', 'pa55%20word', 'pa55 word', 'app-s3cret-2026'],
  ...['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI', 'h4wk', 'old-t0ken-of-mine', 'job-s3cret-77', 'pa55word', 's3ssion'],
  ...['q7Fd93KsL0ab', 'p4th-t0ken-value', 'm1xed-part'],
];

describe('what other tools have written', () => {
  for (const [expected, names, faults = []] of fixtures) {
    it(`becomes request files: ${names.join(', ')}`, async () => {
      const shown = shownImport(await importedFixtures(names));
      assert.equal(shown, fs.readFileSync(path.join(importFixtures, 'expected', expected), 'utf8'));
    });

    it(`can be sent as it is, and holds no secret: ${names.join(', ')}`, async () => {
      const made = await importedFixtures(names);
      const { files, project: projectText } = writtenImport(made);
      const project = parseProjectFile(projectText);
      assert.deepEqual(summary(projectText, project.diagnostics), []);
      for (const name of project.connections.keys()) {
        const resolved = resolveConnection(project, name, undefined);
        assert.deepEqual(summary(projectText, resolved.diagnostics), []);
      }
      const found = [...files.values()].flatMap((text) => {
        const file = parseRequestFile(text);
        assert.deepEqual(summary(text, errorsOf(file.diagnostics)), []);
        return summary(text, errorsOf(checkRequestFile(file, project, [...project.environments.keys()][0])));
      });
      assert.deepEqual(found, faults);
      const everything = [
        ...files.values(),
        projectText,
        JSON.stringify(made.notes),
        JSON.stringify(made.secrets),
      ].join('\n');
      for (const canary of canaries) assert.ok(!everything.includes(canary), `${canary} is written out`);
      for (const { name, value } of made.secrets) {
        // Two or three characters stand everywhere.
        if (value.length < 4) continue;
        assert.ok(!everything.includes(value.revealForTransport()), `the value of ${name} is written out`);
      }
    });
  }
});

function errorsOf<T extends { readonly severity: string }>(diagnostics: readonly T[]): readonly T[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

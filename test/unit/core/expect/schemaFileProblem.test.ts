import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { schemaFileProblem } from '../../../../src/core/expect/schema/schemaFileProblem';
import { LatchkeyError } from '../../../../src/core/errors';

/** What is wrong with `schemas/order.json` in a folder with these files. */
function problem(files: Readonly<Record<string, string>>, path = 'schemas/order.json'): Promise<string | undefined> {
  return schemaFileProblem(path, {
    directory: '',
    read: (name) => {
      const text = files[name];
      if (text === undefined) return Promise.reject(new LatchkeyError('file.notFound', { file: name }));
      return Promise.resolve(new TextEncoder().encode(text));
    },
  });
}

describe('a file with a schema', () => {
  const table: readonly (readonly [name: string, schema: string, problem: string | undefined])[] = [
    ['that is fine', '{ "type": "object", "required": ["id"] }', undefined],
    ['that is no JSON', '{ "type": ', 'schemas/order.json is no JSON'],
    ['that is no schema', '[1]', 'it is no map'],
    ['with an unknown type', '{ "properties": { "id": { "type": "int" } } }', 'the schema has the unknown type "int"'],
    [
      'with a pattern that is none',
      '{ "properties": { "id": { "pattern": "(" } } }',
      'the schema has the pattern (: unterminated group',
    ],
    [
      'that refers to a server',
      '{ "$ref": "https://example.com/a.json" }',
      'it refers to https://example.com/a.json, and only files of the workspace folder are read',
    ],
    ['that refers to nothing', '{ "$ref": "#/$defs/x" }', 'there is nothing at #/$defs/x'],
    ['that refers to a file which is not there', '{ "$ref": "none.json" }', 'The file schemas/none.json is not there'],
    ['that refers to a file which is fine', '{ "$ref": "id.json" }', undefined],
    ['that refers to a file which is not', '{ "$ref": "bad.json" }', 'the schema has the unknown type "text"'],
  ];
  const beside = { 'schemas/id.json': '{ "type": "integer" }', 'schemas/bad.json': '{ "type": "text" }' };
  for (const [name, schema, expected] of table) {
    it(name, async () => assert.equal(await problem({ 'schemas/order.json': schema, ...beside }), expected));
  }

  it('is judged in YAML as well', async () => {
    assert.equal(await problem({ 'a.yaml': 'type: object\n' }, 'a.yaml'), undefined);
    assert.equal(await problem({ 'a.yaml': 'type: [\n' }, 'a.yaml'), 'a.yaml is no YAML');
    assert.equal(await problem({ 'a.yaml': 'type: text\n' }, 'a.yaml'), 'the schema has the unknown type "text"');
  });
});

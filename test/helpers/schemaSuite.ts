import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json/jsonValue';
import { readJson } from '../../src/core/json/readJson';
import { repositoryRoot } from './repository';

export const schemaDrafts = ['draft4', 'draft7', 'draft2019-09', 'draft2020-12'] as const;

/** A schema and a value of the JSON Schema Test Suite. */
export interface SchemaSample {
  /** Draft, keyword, what the schema is about, and what the value is. */
  readonly title: string;
  readonly schema: JsonValue;
  readonly data: JsonValue;
  readonly valid: boolean;
}

/** All samples of a draft, read with our own reader. */
export function* schemaSamples(draft: (typeof schemaDrafts)[number]): Generator<SchemaSample> {
  const file = path.join(repositoryRoot, 'test', 'fixtures', 'jsonschema', `${draft}.json`);
  const suite = readJson(readFileSync(file, 'utf8'));
  assert.ok(suite.ok && isJsonObject(suite.value));
  for (const [keyword, groups] of suite.value) {
    for (const group of objectsIn(groups)) {
      for (const test of objectsIn(group.get('tests'))) {
        const title = [draft, keyword, textAt(group), textAt(test)].join(' / ');
        const [schema, data] = [group.get('schema'), test.get('data')];
        assert.ok(schema !== undefined && data !== undefined);
        yield { title, schema, data, valid: test.get('valid') === true };
      }
    }
  }
}

function* objectsIn(list: JsonValue | undefined): Generator<JsonObject> {
  assert.ok(list !== undefined && isJsonArray(list));
  for (const item of list) {
    assert.ok(isJsonObject(item));
    yield item;
  }
}

function textAt(object: JsonObject): string {
  const text = object.get('description');
  assert.ok(typeof text === 'string');
  return text;
}

/** What the validator does otherwise, with the reason. */
const OTHERWISE: readonly RegExp[] = [
  // Only files of the workspace folder are read.
  / \/ valid definition schema$/,
  / \/ remote ref valid$/,
  /detached \$dynamicAnchor/,
  // The suite leaves out which draft these are of; without a word a schema is of the latest.
  /^draft4 \/ (?:minimum|maximum) \/ /,
  /^draft[47] \/ ref \/ (?:ref overrides any sibling keywords|\$ref prevents a sibling)/,
  // `$dynamicRef` is passed over, as `$anchor` is beside an `$id` that is relative to another.
  /^draft2020-12 \/ dynamicRef \/ /,
  /with \$dynamicRef \/ /,
  /order of evaluation: \$id and \$anchor and \$ref/,
  // A format is held to, which is what somebody who writes one expects.
  /^draft2020-12 \/ format \/ .* is only an annotation by default$/,
];

export function isOtherwise({ title }: SchemaSample): boolean {
  return OTHERWISE.some((pattern) => pattern.test(title));
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { equalJson } from '../../../../src/core/json/equalJson';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../src/core/json/jsonValue';
import { readJson } from '../../../../src/core/json/readJson';
import { parseJsonPath } from '../../../../src/core/jsonPath/parseJsonPath';
import { selectJson } from '../../../../src/core/jsonPath/selectJson';
import { repositoryRoot } from '../../../helpers/repository';

// The test suite of the authors of RFC 9535, read with our own reader: https://github.com/jsonpath-standard.
const file = path.join(repositoryRoot, 'test', 'fixtures', 'jsonpath', 'cts.json');
const suite = readJson(readFileSync(file, 'utf8'));
assert.ok(suite.ok && isJsonObject(suite.value));
const tests = suite.value.get('tests');
assert.ok(tests !== undefined && isJsonArray(tests));

describe('the JSONPath compliance test suite', () => {
  it('is all there', () => assert.ok(tests.length >= 703, String(tests.length)));
  for (const test of tests) {
    assert.ok(isJsonObject(test));
    it(textAt(test, 'name'), () => comply(test));
  }
});

function textAt(test: JsonObject, key: string): string {
  const text = test.get(key);
  assert.ok(typeof text === 'string');
  return text;
}

function comply(test: JsonObject): void {
  const parsed = parseJsonPath(textAt(test, 'selector'));
  if (test.get('invalid_selector') === true) {
    assert.equal(parsed.ok, false);
    return;
  }
  assert.ok(parsed.ok, parsed.ok ? '' : `${parsed.problem} at ${parsed.at}`);
  const found = selectJson(parsed.query, test.get('document') ?? null);
  assert.ok(found);
  const results = test.get('results');
  const allowed = results !== undefined && isJsonArray(results) ? results : [test.get('result') ?? null];
  assert.ok(
    allowed.some((result: JsonValue) => equalJson(result, found)),
    JSON.stringify(found),
  );
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsMasker, secretForms } from '../../../../src/core/http/secretMasker';
import { readJson } from '../../../../src/core/json/readJson';
import { writeJson } from '../../../../src/core/json/writeJson';
import { parseJsonPath } from '../../../../src/core/jsonPath/parseJsonPath';
import { FILTER_HITS, type FilterOutcome } from '../../../../src/core/response/bodyFilter';
import { filterJson } from '../../../../src/core/response/filterJson';
import { Secret } from '../../../../src/core/secret';
import { fc } from '../../../helpers/properties';

function filter(text: string, path: string, mask = formsMasker([])): FilterOutcome {
  const json = readJson(text);
  const parsed = parseJsonPath(path);
  assert.ok(json.ok && parsed.ok);
  return filterJson(json.value, parsed.query, mask);
}

test('what is found is listed as JSON, with its digits', () => {
  assert.deepEqual(filter('[{"n":1.10},{"n":12345678901234567890},{"m":{"a":"é\\n"}}]', '$[*]["n","m"]'), {
    kind: 'hits',
    language: 'json',
    text: '[1.10,12345678901234567890,{"a":"é\\n"}]',
    count: 3,
    shown: 3,
  });
  assert.deepEqual(filter('{}', '$.x'), { kind: 'hits', language: 'json', text: '[]', count: 0, shown: 0 });
});

test('of many hits the first are listed, and all are counted', () => {
  const outcome = filter(`[${'1,'.repeat(FILTER_HITS)}1]`, '$[*]');
  assert.ok(outcome.kind === 'hits');
  assert.deepEqual([outcome.count, outcome.shown], [FILTER_HITS + 1, FILTER_HITS]);
  const large = filter(JSON.stringify(Array(9).fill('x'.repeat(1024 * 1024))), '$[*]');
  assert.ok(large.kind === 'hits' && large.shown === 4 && large.count === 9);
});

test('a path that looks at too much is told so', () => {
  assert.deepEqual(filter(`[${'[1],'.repeat(5000)}[1]]`, '$[?$[?$[?@]]]'), { kind: 'tooMuch' });
});

test('a secret is masked in what is found, also where an escape hid it', () => {
  const mask = formsMasker(secretForms([new Secret('canary-token')]));
  const outcome = filter('[{"t":"c\\u0061nary-token"},{"canary-token":1}]', '$[*]', mask);
  assert.ok(outcome.kind === 'hits' && !outcome.text.includes('canary'), JSON.stringify(outcome));
  assert.ok(readJson(outcome.text).ok);
});

test('JSON that is written is JSON that was read', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = readJson(text);
      assert.ok(read.ok);
      assert.deepEqual(readJson(writeJson(read.value)), read);
    }),
  );
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const read = readJson(deep);
  assert.ok(read.ok && writeJson(read.value) === deep);
});

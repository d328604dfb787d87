import assert from 'node:assert/strict';
import test from 'node:test';
import { COMPARED_LENGTH, comparableTexts, type ComparedText } from '../../../../src/core/compare/comparableTexts';
import { jsonBeginning } from '../../../../src/core/compare/jsonBeginning';
import { jsonText } from '../../../../src/core/compare/jsonText';
import { readJson } from '../../../../src/core/json/readJson';
import { fc } from '../../../helpers/properties';

const options = { sortKeys: true, pause: () => Promise.resolve() };
const json = (text: string, change: Partial<ComparedText> = {}): ComparedText => ({
  ...{ text, isJson: true, isWhole: true, isKept: false },
  ...change,
});

function pretty(text: string, sorted: boolean): string {
  const read = readJson(text);
  assert.ok(read.ok);
  return jsonText(read.value, sorted);
}

test('property: the text of a value says the same, as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.equal(pretty(text, false), JSON.stringify(JSON.parse(text), null, 2));
      assert.deepEqual(JSON.parse(pretty(text, true)), JSON.parse(text));
    }),
  );
});

test('property: the order of members makes no difference when they are sorted', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      assert.equal(pretty(JSON.stringify(value), true), pretty(JSON.stringify(reversed), true));
    }),
  );
});

test('numbers keep their digits, and depth costs no stack', () => {
  assert.equal(pretty('{"b":1.10,"a":12345678901234567890}', true), '{\n  "a": 12345678901234567890,\n  "b": 1.10\n}');
  const deep = '['.repeat(5_000) + ']'.repeat(5_000);
  assert.equal(pretty(deep, true).replace(/\s/g, ''), deep);
});

test('property: the beginning of JSON is written as the whole is, as far as it goes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
      const text = JSON.stringify(value);
      assert.equal(jsonBeginning(text), JSON.stringify(JSON.parse(text), null, 2));
      const cut = jsonBeginning(text.slice(0, Math.floor(text.length * share)));
      assert.ok(JSON.stringify(JSON.parse(text), null, 2).startsWith(cut.trimEnd()), cut);
    }),
  );
});

test('what is kept is compared without credentials on both sides', async () => {
  const { before, after } = await comparableTexts(
    json('{"access_token":"••••••","a":1}', { isKept: true }),
    json('{"a":1,"access_token":"opaque"}'),
    options,
  );
  assert.equal(before, after);
});

test('where one is cut, both are, and it is said', async () => {
  const { before, after, isCut } = await comparableTexts(
    json('{"a":[1,2', { isWhole: false }),
    json('{"a":[1,2,3,4,5]}'),
    options,
  );
  assert.equal(isCut, true);
  assert.equal(before, after);
});

test('texts that are too long for an editor are cut', async () => {
  const long = json('x'.repeat(COMPARED_LENGTH + 1), { isJson: false });
  const { before, isCut } = await comparableTexts(long, long, options);
  assert.equal(before.length, COMPARED_LENGTH);
  assert.equal(isCut, true);
});

test('a response that says JSON and is none stays readable beside one that is', async () => {
  const { before, after } = await comparableTexts(json('<html>'), json('{"a":1}'), options);
  assert.equal(before, '<html>');
  assert.equal(after, '{\n  "a": 1\n}');
});

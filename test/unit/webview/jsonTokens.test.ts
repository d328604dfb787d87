import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonTokens } from '../../../src/webview/jsonTokens';
import { markTokens } from '../../../src/webview/marks';
import { allRows, openBody } from '../core/response/openBody';
import { fc } from '../../helpers/properties';

function kinds(text: string, inString = false): readonly string[] {
  return jsonTokens(text, inString)
    .filter(({ text: token }) => token.trim() !== '')
    .map(({ kind, text: token }) => `${kind} ${token}`);
}

void test('a key, a value and what is between them are told apart', () => {
  assert.deepEqual(kinds('  "na\\"me": "a: b",'), ['key "na\\"me"', 'plain : ', 'string "a: b"', 'plain ,']);
  assert.deepEqual(kinds('"n": -1.5e+3'), ['key "n"', 'plain : ', 'number -1.5e+3']);
  assert.deepEqual(kinds('    true,'), ['literal true', 'plain ,']);
  assert.deepEqual(kinds('"x": []'), ['key "x"', 'plain : []']);
});

void test('a row that ends or begins inside a string is a string there', () => {
  assert.deepEqual(kinds('"note": "Down the'), ['key "note"', 'plain : ', 'string "Down the']);
  assert.deepEqual(kinds('rabbit-hole: 1,'.concat('"'), true), ['string rabbit-hole: 1,"']);
  assert.deepEqual(kinds('out again.",', true), ['string out again."', 'plain ,']);
});

void test('the tokens of a row are the row, whatever the JSON and the width', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 3 }), fc.integer({ min: 8, max: 60 }), async (text, width) => {
      for (const row of await allRows(await openBody(text), { form: 'pretty', width })) {
        const tokens = jsonTokens(row.text, row.inString);
        assert.equal(tokens.map((token) => token.text).join(''), row.text);
      }
    }),
  );
});

void test('marks cut tokens and change no text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.uniqueArray(fc.nat(40), { maxLength: 6 }), (text, places) => {
      const bounds = places.filter((place) => place <= text.length).sort((a, b) => a - b);
      const marks = bounds.flatMap((start, index) => {
        const end = bounds[index + 1];
        return index % 2 === 0 && end !== undefined ? [{ start, end, current: index === 0 }] : [];
      });
      const tokens = markTokens(jsonTokens(text, false), marks);
      assert.equal(tokens.map((token) => token.text).join(''), text);
      const marked = tokens.filter(({ mark }) => mark !== 'none').map((token) => token.text);
      assert.equal(marked.join(''), marks.map(({ start, end }) => text.slice(start, end)).join(''));
    }),
  );
});

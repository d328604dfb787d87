import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BodyReader } from '../../../../../src/core/response/rows/bodyReader';
import { clueOf } from '../../../../../src/core/response/rows/clue';
import { fc } from '../../../../helpers/properties';

const layouts = [
  { form: 'pretty', width: 0 },
  { form: 'pretty', width: 40 },
  { form: 'raw', width: 40 },
] as const;

function readerOf(text: string, forms: readonly string[] = []): BodyReader {
  const bytes = new TextEncoder().encode(text);
  const source = { read: (start: number, end: number) => bytes.subarray(start, end) };
  const reader = new BodyReader({ source, language: 'json', charset: 'utf-8', forms });
  reader.grow(bytes.length, true);
  return reader;
}

describe('finding text in a body', () => {
  it('finds in all of it what a look at every row finds', () => {
    const word = fc.constantFrom('sky', 'Key', '\u212aelvin', 'a b', 'ſoft', 'ß', 'x*y', 'q"', '\\', '7:8', '{ }');
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, word, fc.integer(), tie('list'), tie('record')),
      list: fc.array(tie('any'), { maxLength: 40 }),
      record: fc.dictionary(word, tie('any'), { maxKeys: 8 }),
    })).any;
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 1500, size: 'max' }),
        fc.constantFrom('', ' ', '\n  '),
        fc.constantFrom(...layouts),
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        (items, space, layout, at, length) => {
          const reader = readerOf(JSON.stringify(items, undefined, space).replaceAll('[]', '[ ]'));
          while (reader.advance(layout));
          const rows = reader.rows(layout, 0, 1e6).map(({ text }) => text);
          const row = rows[at % rows.length] ?? '';
          const needle = row.trimStart().slice(0, length);
          fc.pre(needle !== '');
          const pattern = new RegExp(needle.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
          const expected = rows.flatMap((text, index) => Array.from(text.matchAll(pattern), (m) => [index, m.index]));
          const found = [...reader.find(layout, needle)].flatMap((matches) => matches ?? []);
          assert.deepEqual(found, reader.findNow(layout, needle));
          assert.deepEqual(
            found.map((match) => [match.row, match.start]),
            expected,
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('finds what stands in for a secret', () => {
    const reader = readerOf('{"token":"abcdef"}', ['abcdef']);
    while (reader.advance(layouts[0]));
    assert.equal(reader.findNow(layouts[0], '******').length, 1);
    assert.equal(reader.findNow(layouts[0], 'abcdef').length, 0);
  });

  it('takes as a clue only what is the same bytes in every layout', () => {
    assert.equal(clueOf('"name": "Ann"'), '"name"');
    assert.equal(clueOf('the last Record'), 'record');
    assert.equal(clueOf('sks : *'), undefined);
    assert.equal(clueOf('İ'), undefined);
  });
});

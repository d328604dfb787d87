import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import { readJson } from '../../../../src/core/json/readJson';
import { writeJson } from '../../../../src/core/json/writeJson';
import { readApiText } from '../../../../src/core/openapi/readApiText';
import { fc } from '../../../helpers/properties';

function assertReads(text: string, json: string): void {
  const expected = readJson(json);
  assert.ok(expected.ok);
  assert.equal(writeJson(readApiText(text, 'api.yaml')), writeJson(expected.value));
}

function refusal(text: string): LatchkeyError {
  try {
    readApiText(text, 'api.yaml');
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, String(error));
    return error;
  }
  assert.fail('It was read.');
}

describe('the text of an API description', () => {
  it('is JSON or YAML, with or without a byte order mark', () => {
    assertReads('{ "a": [1.10, true, null] }', '{"a":[1.10,true,null]}');
    assertReads('a: [1.10, true, null]', '{"a":[1.10,true,null]}');
    assertReads('\ufeffa: 1', '{"a":1}');
    assertReads("{ a: 'flow', b: }", '{"a":"flow","b":null}');
  });

  it('keeps digits, and takes for numbers and switches only what JSON does', () => {
    assertReads(
      'a: 12345678901234567890\nb: 007\nc: yes\nd: 2026-01-31\ne: "1"\nf: 1.0',
      '{"a":12345678901234567890,"b":"007","c":"yes","d":"2026-01-31","e":"1","f":1.0}',
    );
    assertReads('200: ok\n"201": made\nnull: x', '{"200":"ok","201":"made","null":"x"}');
  });

  it('may repeat itself by aliases and merge keys, of which what is said beside them counts', () => {
    assertReads(
      'a: &x { b: 1, c: 2 }\nd: *x\ne: { c: 3, <<: *x }\nf: { <<: *x, c: 4 }',
      '{"a":{"b":1,"c":2},"d":{"b":1,"c":2},"e":{"c":3,"b":1},"f":{"b":1,"c":4}}',
    );
  });

  it('costs nothing by aliases of aliases', () => {
    const lines = ['a0: &a0 [x]'];
    for (let level = 1; level < 60; level++) {
      const alias = `*a${level - 1}`;
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => alias).join(', ')}]`);
    }
    assert.ok(readApiText(lines.join('\n'), 'bomb.yaml'));
  });

  it('is refused with the place where it breaks', () => {
    assert.deepEqual(
      [refusal('{ "a": 1, }}').code, refusal('{\n "a" 1\n}').data['line']],
      ['description.notReadable', 2],
    );
    const { code, data } = refusal('a: 1\nb: "open\n');
    assert.deepEqual([code, data['file'], data['line']], ['description.notReadable', 'api.yaml', 3]);
    assert.equal(refusal('a: &a [*a]').code, 'description.tooDeep');
    assert.equal(refusal('['.repeat(2000)).code, 'description.notReadable');
    assert.equal(refusal(`a: ${'['.repeat(600)}${']'.repeat(600)}`).code, 'description.tooDeep');
    assert.equal(refusal(`"${'x'.repeat(33_000_000)}"`).code, 'description.tooLarge');
  });

  it('is read or refused with a code, whatever it is', () => {
    const pieces = fc.constantFrom(
      'a: ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      '\n',
      '\n  ',
      '&a ',
      '*a',
      '<<: ',
      '!t ',
      '1',
      '$ref',
      '\0',
      '? ',
      '|',
      '---\n',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 30 });
    fc.assert(
      fc.property(text, (parts) => {
        try {
          readApiText(parts.join(''), 'api.yaml');
        } catch (error) {
          assert.ok(error instanceof LatchkeyError, String(error));
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LinearExpression } from '../../../../src/core/regex/linearExpression';
import { fc } from '../../../helpers/properties';

function find(pattern: string, text: string): readonly (string | undefined)[] | null {
  const parsed = LinearExpression.parse(pattern);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem);
  const found = parsed.expression.find(text);
  assert.equal(parsed.expression.test(text), found.kind === 'found');
  return found.kind === 'found' ? [found.text, found.group] : null;
}

/** What the engine of the host finds. */
function native(pattern: string, text: string): readonly (string | undefined)[] | null {
  const found = new RegExp(pattern, 'u').exec(text);
  return found && [found[0], found[1]];
}

describe('a linear expression finds what the host finds', () => {
  const table: readonly (readonly [pattern: string, ...texts: string[]])[] = [
    ['a', 'a', 'ba', 'b', ''],
    ['', '', 'a'],
    ['^a.c$', 'abc', 'a\nc', 'xabc', 'a😀c'],
    ['(\\d+)', 'id=42;', 'none'],
    ['a|ab|abc', 'abc'],
    ['(a|ab)(c|bcd)', 'abcd'],
    ['a*?b', 'aaab'],
    ['(a+?)a', 'aaa'],
    ['(a{2,3})', 'a', 'aa', 'aaaa'],
    ['a{2}', 'aaa', 'a'],
    ['a{2,}', 'aaaa'],
    ['a{2,3}?', 'aaaa'],
    ['(?:ab)+', 'ababa'],
    ['[^a-c]+', 'abcxyz'],
    ['[\\]\\\\-]', 'a]', '\\', '-'],
    ['\\bfoo\\b', 'a foo b', 'afoo'],
    ['\\Boo', 'foo', 'oo'],
    ['\\p{Lu}+', 'abC', 'äÖ'],
    ['\\u{1F600}', 'x😀'],
    ['\\x41\\u0042\\t', 'AB\t'],
    ['.', '😀', '\n', '\u2028'],
    ['foo(?=bar)', 'foobar', 'foobaz'],
    ['foo(?!bar)', 'foobar', 'foobaz'],
    ['(?<=\\$)\\d+', '$42', '42'],
    ['(?<!\\$)\\b\\d+', '$42', '42'],
    ['^(?=.*\\d)(?=.*[a-z]).{4,}$', 'ab12', 'abcd', '1234'],
    ['(?=(?:a(?!b))+)a', 'aab', 'ab'],
    ['(?<name>x)y', 'xy'],
    ['(a)|b', 'b'],
    ['(x)?y', 'y', 'xy'],
    ['\\/', '/'],
    ['$', 'a'],
    ['(?:)*x', 'x'],
    ['(?:a*)*b', 'aaab', 'aaa'],
    ['token=(\\w+)', 'a token=abc', 'token=', 'tokentoken=x'],
  ];
  for (const [pattern, ...texts] of table) {
    for (const text of texts) {
      it(`${pattern} in ${JSON.stringify(text)}`, () => assert.deepEqual(find(pattern, text), native(pattern, text)));
    }
  }

  it('for patterns and texts of all kinds', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '^', '$', '\\b');
    const suffix = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{1,2}');
    const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
      piece: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.tuple(fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d'), suffix).map((parts) => parts.join('')),
        atom,
        fc.tuple(tie('pattern'), suffix).map(([inner, after]) => `(?:${inner})${after}`),
        tie('pattern').map((inner) => `(?=${inner})`),
        tie('pattern').map((inner) => `(?<!${inner})`),
      ),
      pattern: fc
        .array(fc.array(tie('piece'), { maxLength: 3 }), { minLength: 1, maxLength: 2 })
        .map((either) => either.map((pieces) => pieces.join('')).join('|')),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '\n', 'é'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const parsed = LinearExpression.parse(source);
        assert.ok(parsed.ok);
        assert.equal(parsed.expression.test(subject), new RegExp(source, 'u').test(subject));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('flags at the start', () => {
  it('(?i)', () => assert.deepEqual(find('(?i)straße', 'STRAßE'), ['STRAßE', undefined]));
  it('(?s)', () => assert.deepEqual(find('(?s)a.b', 'a\nb'), ['a\nb', undefined]));
  it('(?m)', () => assert.deepEqual(find('(?m)^b$', 'a\nb\nc'), ['b', undefined]));
  it('(?im)', () => assert.deepEqual(find('(?im)^B$', 'a\nb'), ['b', undefined]));
});

describe('what is refused', () => {
  const table: readonly (readonly [pattern: string, problem: RegExp])[] = [
    ['(', /unterminated group/],
    ['a**', /nothing to repeat/],
    ['[b-a]', /out of order/],
    ['(a)\\1', /refers back/],
    ['(?<x>a)\\k<x>', /refers back/],
    ['(?:a{1000}){1000}', /repetitions are too big/],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, /nested too deep/],
    ['a'.repeat(2_001), /more than 2000/],
  ];
  for (const [pattern, problem] of table) {
    it(pattern.slice(0, 20), () => {
      const parsed = LinearExpression.parse(pattern);
      assert.ok(!parsed.ok);
      assert.match(parsed.problem, problem);
    });
  }
});

describe('hostile patterns', () => {
  const text = `${'a'.repeat(50_000)}!`;
  for (const pattern of ['^(a+)+$', '(a*)*b', '(a|a)*b', '(?:a?){50}a{50}b', '(.*)(.*)(.*)(.*)x', '(?=(a+)+$)b']) {
    it(`${pattern} ends soon`, () => {
      const parsed = LinearExpression.parse(pattern);
      assert.ok(parsed.ok);
      const begin = performance.now();
      assert.equal(parsed.expression.test(text), false);
      assert.ok(performance.now() - begin < 10_000);
    });
  }
  it('a text that is too long for a pattern is told', () => {
    const parsed = LinearExpression.parse('(?:a?){1000}b');
    assert.ok(parsed.ok);
    assert.equal(parsed.expression.test('a'.repeat(1_000_000)), undefined);
    assert.deepEqual(parsed.expression.find('a'.repeat(1_000_000)), { kind: 'tooLong' });
  });
});

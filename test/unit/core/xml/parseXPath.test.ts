import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseXPath } from '../../../../src/core/xml/parseXPath';

describe('XPath 1.0 as it is', () => {
  const valid = [
    ...[
      '/',
      '/a',
      '//a',
      '/a/b',
      '/a//b',
      '/@id',
      '//@*',
      '/a/.',
      '/a/..',
      '.',
      '..',
      '*',
      'a|b',
      '/a[1]',
      '/a[last()]',
    ],
    ...['//a[@id="x"]', "//a[@id='x' and not(b)]", 'count(//a)', 'count(//a) > 3', '(//a)[1]', '(//a)[1]/b', '//ns:a'],
    ...['//ns:*', '/child::a/descendant-or-self::node()/text()', '/a/processing-instruction("x")', '-1', '1 + 2 * 3'],
    ...[
      '//*[local-name()="a"]',
      'string(/a) = "x"',
      '/and/or',
      '/a[b or c]',
      '/div div 2',
      '//a[position() mod 2 = 1]',
    ],
    ...['substring("abc", 2)', 'concat("a", "b", "c")', '//a[. = "b"]', '/größe', '/a [ 1 ] / b', '.5', '5.'],
    ...['//a * 2', '* * *', '/text', '/a/comment()'],
  ];
  for (const path of valid) it(path, () => assert.ok(parseXPath(path).ok));
});

describe('XPath as it is not', () => {
  const invalid: readonly (readonly [path: string, at: number])[] = [
    ['', 0],
    ['//', 2],
    ['/a/', 3],
    ['/a[', 3],
    ['/a[1', 4],
    ['/a]', 2],
    ['/a["x]', 3],
    ['/a b', 3],
    ['/a[$x]', 3],
    ['frob()', 0],
    ['/a::b', 1],
    ['count()', 0],
    ['count(/a, /b)', 0],
    ['concat("a")', 0],
    ['/a and', 6],
    ['/a/#b', 3],
    ['(/a', 3],
    [`${'('.repeat(60)}a`, 50],
    ['x'.repeat(2001), 2000],
  ];
  for (const [path, at] of invalid) {
    it(path.slice(0, 20), () => {
      const parsed = parseXPath(path);
      assert.ok(!parsed.ok);
      assert.equal(parsed.at, at, parsed.problem);
      assert.match(parsed.problem, /^\S.*[^.]$/);
    });
  }
});

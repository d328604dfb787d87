import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Reporter } from '../../../../src/core/request/reporter';
import { parseYaml } from '../../../../src/core/request/yaml/parseYaml';
import type { YamlNode } from '../../../../src/core/request/yaml/yamlNode';
import { summary } from '../../../helpers/requestFiles';

/** What the file says, as plain data; numbers as `#` and their digits. */
function plain(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'text':
      return node.text;
    case 'number':
      return `#${node.literal}`;
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return node.entries.map(({ key, value }) => [key, plain(value)]);
  }
}

function read(text: string): { readonly value: unknown; readonly found: readonly string[] } {
  const reporter = new Reporter();
  const value = plain(parseYaml(text, reporter));
  return { value, found: summary(text, reporter.sorted()) };
}

describe('plain scalars', () => {
  const table: readonly (readonly [source: string, value: unknown])[] = [
    ['1.10', '#1.10'],
    ['12345678901234567890', '#12345678901234567890'],
    ['-0', '#-0'],
    ['1e400', '#1e400'],
    ['1E+2', '#1E+2'],
    ['0.1', '#0.1'],
    ['01234', '01234'],
    ['007', '007'],
    ['+49123', '+49123'],
    ['.5', '.5'],
    ['5.', '5.'],
    ['0x10', '0x10'],
    ['0o17', '0o17'],
    ['1_000', '1_000'],
    ['.inf', '.inf'],
    ['.NaN', '.NaN'],
    ['12:30:45', '12:30:45'],
    ['2001-12-14', '2001-12-14'],
    ['true', true],
    ['false', false],
    ['null', null],
    ['', null],
    ['True', 'True'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['~', '~'],
    ['Null', 'Null'],
    ['"1"', '1'],
    ["'true'", 'true'],
    ['""', ''],
    ['a b', 'a b'],
    ['|-\n  1', '1'],
    ['${x}', '${x}'],
    ['/a/${x}?b={c}', '/a/${x}?b={c}'],
  ];
  for (const [source, value] of table) {
    it(`${JSON.stringify(source)} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(read(`k: ${source}\n`), { value: [['k', value]], found: [] });
    });
  }
});

describe('keys', () => {
  for (const key of ['true', 'null', '1.10', '007', 'no', '"a b"', "'x'"]) {
    it(`${key} is text as written`, () => {
      assert.deepEqual(read(`${key}: 1`).value, [[key.replace(/^["']|["']$/g, ''), '#1']]);
    });
  }

  it('never loses a key that JavaScript treats specially', () => {
    assert.deepEqual(read('__proto__: 1\nconstructor: 2').value, [
      ['__proto__', '#1'],
      ['constructor', '#2'],
    ]);
  });

  it('says that they are not expanded', () => {
    assert.deepEqual(read('"${x}": 1').found, ['warning request.keyExpression «"${x}"»']);
  });
});

describe('what YAML can and request files cannot', () => {
  const table: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
    ['duplicate key', 'a: 1\nb: 2\na: 3', ['error yaml.duplicateKey «a»']],
    ['duplicate key in a flow map', '{ a: 1, a: 2 }', ['error yaml.duplicateKey «a»']],
    ['merge key', 'x: &x { a: 1 }\ny:\n  <<: *x', ['error yaml.mergeKey «<<»']],
    ['tag on a scalar', 'a: !!str 1', ['error yaml.tag «!!str»']],
    ['tag on a map', 'a: !foo { b: 1 }', ['error yaml.tag «!foo»']],
    ['verbatim tag', 'a: !<tag:x> 1', ['error yaml.tag «!<tag:x>»']],
    ['tag on a key', '!!int 1: a', ['error yaml.tag «!!int»']],
    ['directive', '%YAML 1.1\n---\na: 1', ['error yaml.directive «%YAML 1.1»']],
    ['tag directive', '%TAG ! tag:x,2000:\n---\na: 1', ['error yaml.directive «%TAG ! tag:x,2000:»']],
    ['second document', 'a: 1\n---\nb: 2', ['error yaml.multipleDocuments «---»']],
    ['list as key', '? [a]\n: 1', ['error yaml.keyNotText «[a]»']],
    ['no key', ': 1', ['error yaml.keyNotText «»']],
    ['alias as key', 'a: &x b\n*x : 1', ['error yaml.keyNotText «*x»']],
    ['unknown alias', 'Accept: */*', ['error yaml.unknownAlias «*/*»']],
    ['alias of what holds it', 'a: &a [*a]', ['error yaml.unknownAlias «*a»']],
    ['tab for indentation', 'a:\n\tb: 1', ['error yaml.tab «\t»']],
    ['NUL', 'a: x\0y', ['error yaml.controlCharacter «\0»']],
    [
      'lexer control characters',
      'a: \x1f\x02\x18',
      [1, 2, 3].map((_, i) => `error yaml.controlCharacter «${'\x1f\x02\x18'[i] ?? ''}»`),
    ],
    ['lone carriage return', 'a: 1\rb: 2', ['error yaml.controlCharacter «\r»']],
    ['double quote that is not closed', 'a: "x\nb: 1', ['error yaml.unclosedQuote «"x»']],
    ['single quote that is not closed', "a: 'x\nb: 1", ["error yaml.unclosedQuote «'x»"]],
    ['escaped closing quote', 'a: "x\\"\nb: 1', ['error yaml.unclosedQuote «"x\\"»']],
    ['doubled closing quote', "a: 'x''\nb: 1", ["error yaml.unclosedQuote «'x''»"]],
    ['two colons', 'a: b: c', ['error yaml.syntax «b»']],
    ['text after a quoted text', 'If-None-Match: "abc" d', ['error yaml.syntax «d»']],
  ];
  for (const [name, text, found] of table) {
    it(`${name} is diagnosed`, () => assert.deepEqual(read(text).found, found));
  }

  it('accepts a byte order mark, CRLF, comments, document marks and anchors', () => {
    const { value, found } = read('\ufeff# c\r\n---\r\na: &x 1\r\nb: "c\r\n  d"\r\nc: *x\r\n...\r\n');
    assert.deepEqual(found, []);
    assert.deepEqual(value, [
      ['a', '#1'],
      ['b', 'c d'],
      ['c', '#1'],
    ]);
  });

  it('reads a quoted << as text', () => assert.deepEqual(read('"<<": 1').found, []));
  it('reads a tag-like text as text', () => assert.deepEqual(read('a: x !y\nb: "!z"').found, []));
  it('takes nothing from an empty file', () => assert.deepEqual(read(''), { value: undefined, found: [] }));
  it('takes nothing from comments', () => assert.deepEqual(read('# a\n'), { value: undefined, found: [] }));
});

describe('slips that YAML would misread the rest of the file for', () => {
  it('${x} inside braces: one diagnostic each, and what follows is read', () => {
    const text = 'q: { a: ${a}, b: /x/${b}/y, c: 1 }\nr: [${c}]\ns: ok';
    assert.deepEqual(read(text), {
      value: [
        [
          'q',
          [
            ['a', '${a}'],
            ['b', '/x/${b}/y'],
            ['c', '#1'],
          ],
        ],
        ['r', ['${c}']],
        ['s', 'ok'],
      ],
      found: [
        'error yaml.quoteExpression «${a}»',
        'error yaml.quoteExpression «/x/${b}/y»',
        'error yaml.quoteExpression «${c}»',
      ],
    });
  });

  it('offers the quoted value', () => {
    const reporter = new Reporter();
    parseYaml('q: { a: /x/${b} }', reporter);
    assert.equal(reporter.sorted()[0]?.data['replacement'], '"/x/${b}"');
  });

  it('{{x}} at the start of a value', () => {
    assert.deepEqual(read('get: {{host}}/a\nb: 1'), {
      value: [
        ['get', '{{host}}/a'],
        ['b', '#1'],
      ],
      found: ['error request.doubleBraces «{{host}}»'],
    });
  });

  it('{{x}} inside a value is pointed out, with what to write instead', () => {
    const text = 'get: https://{{ host }}/a';
    const reporter = new Reporter();
    parseYaml(text, reporter);
    const [found] = reporter.sorted();
    assert.deepEqual(summary(text, reporter.sorted()), ['warning request.doubleBraces «{{ host }}»']);
    assert.equal(found?.data['replacement'], '${host}');
  });

  it('a quote that is not closed leaves the rest of the file as it was meant', () => {
    assert.deepEqual(read('a:\n  b: "x\n  c: 1\nd: 2').value, [
      [
        'a',
        [
          ['b', '"x'],
          ['c', '#1'],
        ],
      ],
      ['d', '#2'],
    ]);
  });

  it('characters that stand in for others while a file is read are themselves where the file has them', () => {
    assert.deepEqual(read('a: \ufdd0\ufdd2').value, [['a', '\ufdd0\ufdd2']]);
    assert.deepEqual(read('a: "\\uFDD0"\nb: {{x}}').value, [
      ['a', '\ufdd0'],
      ['b', '{{x}}'],
    ]);
  });
});

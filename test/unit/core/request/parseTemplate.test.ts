import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTemplate } from '../../../../src/core/request/parseTemplate';
import { Reporter } from '../../../../src/core/request/reporter';
import { parseYaml } from '../../../../src/core/request/yaml/parseYaml';
import { summary } from '../../../helpers/requestFiles';

function read(source: string): {
  readonly parts: readonly unknown[];
  readonly found: readonly string[];
  readonly reporter: Reporter;
} {
  const reporter = new Reporter();
  const node = parseYaml(source, reporter);
  assert.equal(node?.kind, 'text');
  const { parts } = parseTemplate(node, reporter);
  const plain = parts.map((part) => (typeof part === 'string' ? part : [part.source, part.filters]));
  return { parts: plain, found: summary(source, reporter.sorted()), reporter };
}

const variable = (name: string, ...filters: string[]): unknown => [{ kind: 'variable', name }, filters];

describe('expressions', () => {
  const table: readonly (readonly [source: string, parts: readonly unknown[]])[] = [
    ['plain', ['plain']],
    ['${a}', [variable('a')]],
    ['x${a}y${b}z', ['x', variable('a'), 'y', variable('b'), 'z']],
    ['${a}${b}', [variable('a'), variable('b')]],
    ['${ a }', [variable('a')]],
    ['${page size}', [variable('page size')]],
    ['${größe_1-x}', [variable('größe_1-x')]],
    ['${a|url}', [variable('a', 'url')]],
    ['${a | json | base64}', [variable('a', 'json', 'base64')]],
    ['${uuid}', [[{ kind: 'uuid' }, []]]],
    ['${now}', [[{ kind: 'now', offset: 0 }, []]]],
    ['${now|unix}', [[{ kind: 'now', offset: 0 }, ['unix']]]],
    ['${now:+1h}', [[{ kind: 'now', offset: 3_600_000 }, []]]],
    ['${now:-250ms}', [[{ kind: 'now', offset: -250 }, []]]],
    ['${random:1..100}', [[{ kind: 'random', min: 1, max: 100 }, []]]],
    ['${random:-5..5}', [[{ kind: 'random', min: -5, max: 5 }, []]]],
    ['${list orders.first id}', [[{ kind: 'capture', request: 'list orders', name: 'first id' }, []]]],
    ['${secret:nightly|base64}', [[{ kind: 'secret', name: 'nightly' }, ['base64']]]],
    ['${env:API_KEY}', [[{ kind: 'env', name: 'API_KEY' }, []]]],
    ['${input:otp}', [[{ kind: 'input', name: 'otp' }, []]]],
    ['${file:./a b.txt}', [[{ kind: 'file', path: './a b.txt' }, []]]],
    ['$${a}', ['${a}']],
    ['x$${a}${b}', ['x${a}', variable('b')]],
    ['$$${a}', ['$${a}']],
    ['$a $ {a} }', ['$a $ {a} }']],
    ['100$', ['100$']],
  ];
  for (const [source, parts] of table) {
    it(source, () => {
      const { parts: actual, found } = read(source);
      assert.deepEqual(actual, parts);
      assert.deepEqual(found, []);
    });
  }
});

describe('expressions that cannot be read', () => {
  const table: readonly (readonly [source: string, expected: readonly string[]])[] = [
    ['a${b', ['error expression.unclosed «${»']],
    ['a${}', ['error expression.empty «${}»']],
    ['${ }', ['error expression.empty «${ }»']],
    ['${a b/c}', ['error expression.badName «${a b/c}»']],
    ['${a|upper}', ['error expression.unknownFilter «${a|upper}»']],
    ['${a|}', ['error expression.unknownFilter «${a|}»']],
    ['${random:5..1}', ['error expression.badRandom «${random:5..1}»']],
    ['${random:a}', ['error expression.badRandom «${random:a}»']],
    ['${now:1h}', ['error expression.badOffset «${now:1h}»']],
    ['${now:+1y}', ['error expression.badOffset «${now:+1y}»']],
    ['${secrt:x}', ['error expression.unknownSource «${secrt:x}»']],
    ['${secret:}', ['error expression.badName «${secret:}»']],
    ['${env:1A}', ['error expression.badName «${env:1A}»']],
    ['${input:a/b}', ['error expression.badName «${input:a/b}»']],
    ['${file:}', ['error expression.noFile «${file:}»']],
  ];
  for (const [source, expected] of table) {
    it(source, () => assert.deepEqual(read(source).found, expected));
  }

  it('the nearest source is offered', () => {
    assert.equal(read('${secrt:x}').reporter.sorted()[0]?.data['nearest'], 'secret');
  });
});

describe('places', () => {
  it('are exact in quotes, after escapes and in repetitions', () => {
    assert.deepEqual(read('"a\\tb ${a b/c} ${a b/c}"').found, [
      'error expression.badName «${a b/c}»',
      'error expression.badName «${a b/c}»',
    ]);
  });

  it('are the whole value where escapes hide the expression', () => {
    assert.deepEqual(read('"x ${\\x21}"').found, ['error expression.badName «"x ${\\x21}"»']);
  });

  it('are exact in block scalars', () => {
    assert.deepEqual(read('|\n  first\n  second ${!}\n').found, ['error expression.badName «${!}»']);
  });
});

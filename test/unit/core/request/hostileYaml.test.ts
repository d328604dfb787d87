import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import type { Diagnostic } from '../../../../src/core/request/diagnostic';
import { pitfallsIn } from '../../../../src/core/request/pitfalls';
import { bounded } from '../../../helpers/bounded';
import { resolve } from '../../../helpers/requestFiles';

function codes(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  return new Set(diagnostics.map(({ code }) => code));
}

function aliasBomb(): string {
  const lines = [
    'requests:',
    '  first: { get: https://a.example/ }',
    'x-bomb:',
    '  a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ];
  for (let level = 1; level < 12; level++) {
    const aliases = Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
    lines.push(`  a${level}: &a${level} [${aliases}]`);
  }
  return lines.join('\n');
}

describe('hostile files are bounded and diagnosed', () => {
  it('an alias bomb', () => {
    const file = bounded(() => parseRequestFile(aliasBomb()));
    assert.ok(codes(file.diagnostics).has('yaml.aliasesTooBig'));
    assert.ok(codes(file.faults).has('yaml.aliasesTooBig'));
  });

  it('an alias bomb as a body', () => {
    const text = aliasBomb().replace('x-bomb:', 'variables:').concat('\n  body: *a11');
    const file = bounded(() => parseRequestFile(text));
    assert.ok(codes(file.diagnostics).has('yaml.aliasesTooBig'));
  });

  it('aliases within bounds are no fault', () => {
    const file = parseRequestFile(
      'variables:\n  a: &a [1, 2]\n  b: [*a, *a]\nrequests:\n  x: { post: https://a.example/, json: "${b}" }',
    );
    assert.deepEqual(file.diagnostics, []);
  });

  for (const [name, open] of [
    ['brackets', '['],
    ['braces', '{'],
    ['dashes', '- '],
    ['question marks', '? '],
  ] as const) {
    it(`100,000 ${name}`, () => {
      const file = bounded(() => parseRequestFile(`a: 1\n${open.repeat(100_000)}`));
      assert.ok(file.faults.length > 0);
    });
    it(`100,000 ${name} from the start`, () => {
      const file = bounded(() => parseRequestFile(open.repeat(100_000)));
      assert.ok(codes(file.faults).has('yaml.tooDeep'));
    });
  }

  it('maps that are nested by indentation', () => {
    const text = Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    assert.ok(codes(bounded(() => parseRequestFile(text)).faults).has('yaml.tooDeep'));
  });

  it('fifty levels are no fault', () => {
    const json = '['.repeat(50) + ']'.repeat(50);
    assert.deepEqual(parseRequestFile(`requests:\n  a: { post: https://a.example/, json: ${json} }`).diagnostics, []);
  });

  it('a file of 50 MB', () => {
    const file = bounded(() => parseRequestFile('requests:\n' + '# x\n'.repeat(12_500_000)));
    assert.ok(codes(file.faults).has('yaml.fileTooBig'));
    assert.deepEqual(file.requests, []);
  });

  it('10,000 requests of one name', () => {
    const file = bounded(() => parseRequestFile(`requests:\n${'  a: { get: / }\n'.repeat(10_000)}`));
    assert.ok(codes(file.diagnostics).has('yaml.duplicateKey'));
  });

  const noise: readonly (readonly [name: string, text: string])[] = [
    ['syntax errors', 'a: [}'.repeat(10_000)],
    ['anchors on one node', '&a '.repeat(10_000)],
    ['directives', '%X\n'.repeat(10_000)],
    ['documents', '---\n'.repeat(10_000)],
    ['tags', '- !a b\n'.repeat(10_000)],
    ['unknown aliases', '- *a\n'.repeat(10_000)],
    ['backslashes in a quote', `a: "${'\\'.repeat(200_001)}`],
    ['quotes in a quote', `a: '${"'".repeat(200_001)}`],
    ['unclosed expressions', `requests: { a: { get: "${'${'.repeat(50_000)}" } }`],
    ['expressions behind escapes', `requests: { a: { get: "${'${\\x61}'.repeat(10_000)}" } }`],
    ['expressions without quotes', `requests: { a: { form: [${'${a}, '.repeat(10_000)}] } }`],
    ['opening double braces', 'a: {{'.repeat(10_000)],
    ['control characters', '\0'.repeat(50_000)],
    ['spaces behind double braces', `requests: { a: { get: "{{${' '.repeat(50_000)}" } }`],
    [
      'an address without end',
      `requests: { a: { get: a, auth: { connection: a, account: "a@${'b.'.repeat(50_000)}@" } } }`,
    ],
    ['beginnings of tokens', `requests: { a: { get: a, json: [${`${'eyJaaaaaaaa-'.repeat(1_600)}, `.repeat(50)}] } }`],
    ['lists behind a value', '[*]'.repeat(100_000)],
    ['maps behind a value', `requests: { a: ${'{a}'.repeat(100_000)} }`],
    ['ends of maps', `requests: { a: ${'}}'.repeat(100_000)} }`],
  ];
  for (const [name, text] of noise) {
    it(name, () => {
      const file = bounded(() => parseRequestFile(text));
      const found = bounded(() => checkRequestFile(file, undefined, undefined));
      assert.ok(file.diagnostics.length + found.length > 0);
      bounded(() => parseProjectFile(text));
      bounded(() => pitfallsIn(text));
    });
  }
});

describe('variables that grow without end', () => {
  function doubling(piece: (name: string) => string): string {
    const lines = ['variables:', '  v0: "0123456789"'];
    for (let level = 1; level <= 40; level++) lines.push(`  v${level}: ${piece(`v${level - 1}`)}`);
    return [...lines, 'requests:', '  a:', '    post: https://a.example/', '    json: "${v40}"'].join('\n');
  }
  const table: readonly (readonly [name: string, text: string])[] = [
    ['as text', doubling((name) => `"\${${name}}\${${name}}"`)],
    ['as lists', doubling((name) => `["\${${name}}", "\${${name}}"]`)],
    ['as maps', doubling((name) => `{ a: "\${${name}}", b: "\${${name}}" }`)],
  ];
  for (const [name, text] of table) {
    it(name, () => {
      const result = bounded(() => resolve(text));
      assert.ok(!result.ok);
      assert.ok(codes(result.diagnostics).has('variable.tooBig'));
    });
  }

  it('by filters', () => {
    const text = `variables: { v: [a] }\nrequests:\n  a:\n    post: https://a.example/\n    text: "\${v${'|json'.repeat(60)}}"`;
    const result = bounded(() => resolve(text));
    assert.ok(!result.ok && codes(result.diagnostics).has('variable.tooBig'));
  });

  it('in depth', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `  v${index}: \${v${index + 1}}`);
    const text = ['variables:', ...lines, '  v5000: x', 'requests:', '  a: { get: "https://a.example/${v0}" }'].join(
      '\n',
    );
    const result = bounded(() => resolve(text));
    assert.ok(!result.ok && codes(result.diagnostics).has('variable.tooDeep'));
    bounded(() => checkRequestFile(parseRequestFile(text), undefined, undefined));
  });
});

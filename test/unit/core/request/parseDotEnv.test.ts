import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDotEnv } from '../../../../src/core/request/parseDotEnv';
import { fc } from '../../../helpers/properties';

describe('.env', () => {
  const table: readonly (readonly [text: string, settings: Readonly<Record<string, string>>])[] = [
    ['A=1\nB=two words \r\nC=', { A: '1', B: 'two words', C: '' }],
    ['export A = 1', { A: '1' }],
    ['# A=1\n\n  B=2 # why\nC=x#y', { B: '2', C: 'x#y' }],
    [`A='one # \\n two'\nB="a\\n\\"b\\"\\\\"\nC=\`it's "so"\``, { A: 'one # \\n two', B: 'a\n"b"\\', C: 'it\'s "so"' }],
    ['A="line 1\nB=line 2"\nC=3', { A: 'line 1\nB=line 2', C: '3' }],
    ['A=${B}\nB=$A', { A: '${B}', B: '$A' }],
    ['A=1\nA=2', { A: '2' }],
    ['no setting\n=1\nA', {}],
    ['A=it"s', { A: 'it"s' }],
    ['A="open', { A: '"open' }],
  ];
  for (const [text, settings] of table) {
    it(JSON.stringify(text), () => assert.deepEqual(Object.fromEntries(parseDotEnv(text)), settings));
  }

  it('reads any text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseDotEnv(text) instanceof Map));
  });

  it('is not slow on a quote that is never closed', () => {
    const begin = performance.now();
    parseDotEnv(`A="${'\\"x '.repeat(20_000)}`);
    assert.ok(performance.now() - begin < 2_000);
  });
});

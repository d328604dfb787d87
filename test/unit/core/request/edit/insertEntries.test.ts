import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withProjectEntries } from '../../../../../src/core/request/edit/insertEntries';
import type { NewYamlEntry } from '../../../../../src/core/request/edit/newYaml';

const text = (key: string, value: string): NewYamlEntry => [key, { kind: 'text', text: value }];
const map = (key: string, ...entries: readonly NewYamlEntry[]): NewYamlEntry => [key, { kind: 'map', entries }];

const entries = {
  environments: [map('local', text('api', 'http://localhost')), map('two words', text('api', 'x: y'))],
  variables: [text('size', '50'), text('note', 'a\nb\n')],
};

describe('several entries are put into a project file', () => {
  it('below the keys that it has and those that it lacks, comments kept', () => {
    const before = '# ours\nvariables:\n  a: 1 # one\n  # of a\n\nprotect: [local]\n';
    assert.equal(
      withProjectEntries(before, 'latchkey.yaml', entries),
      '# ours\nvariables:\n  a: 1 # one\n  # of a\n  size: "50"\n  note: |\n    a\n    b\n\nprotect: [local]\n\n' +
        'environments:\n  local:\n    api: http://localhost\n  "two words":\n    api: "x: y"\n',
    );
  });

  it('inside of braces', () => {
    const before = 'variables: { a: 1 }\nenvironments: {}\n';
    assert.equal(
      withProjectEntries(before, 'latchkey.yaml', { variables: entries.variables }),
      'variables: { a: 1, size: "50", note: "a\\nb\\n" }\nenvironments: {}\n',
    );
  });

  for (const [what, before, code] of [
    ['whose name is taken', 'variables: { size: 1 }\n', 'workspace.entriesNotAdded'],
    ['where there is no map', 'variables: [a]\n', 'workspace.entriesNotAdded'],
    ['where the file is no YAML', 'variables: { a: 1\n', 'workspace.projectUnreadable'],
  ] as const) {
    it(`but none ${what}`, () => {
      assert.throws(() => withProjectEntries(before, 'latchkey.yaml', entries), { code });
    });
  }
});

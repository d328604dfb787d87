import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { insertConnection, newProjectFile } from '../../../../../src/core/request/edit/insertConnection';
import type { ConnectionLines } from '../../../../../src/core/request/edit/connectionLines';
import { parseProjectFile } from '../../../../../src/core/request/parseProjectFile';

const lines: ConnectionLines = [
  ['issuer', 'https://login.acme.dev'],
  ['scopes', '[read]'],
];

/** The text with the connection in it, after checking that nothing else has changed. */
function added(text: string, name = 'acme'): string {
  const inserted = insertConnection(text, 'latchkey.yaml', name, lines);
  const result = text.slice(0, inserted.offset) + inserted.text + text.slice(inserted.offset);
  assert.equal(result.slice(inserted.nameRange.start, inserted.nameRange.end), name);
  return result;
}

function refused(text: string): string {
  try {
    added(text);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'added';
}

const entry = '  acme:\n    issuer: https://login.acme.dev\n    scopes: [read]\n';

describe('a connection is added', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['to an empty file', '', `connections:\n${entry}`],
    ['below the comments of a file without content', '# ours\n', `# ours\n\nconnections:\n${entry}`],
    ['to a new file', newProjectFile(), `${newProjectFile()}connections:\n${entry}`],
    [
      'behind the last connection',
      'connections:\n  a: { issuer: https://a.dev }\n\nenvironments:\n  local: {}\n',
      `connections:\n  a: { issuer: https://a.dev }\n${entry}\nenvironments:\n  local: {}\n`,
    ],
    [
      'behind the comments of the last connection, before those of what follows',
      'connections:\n  a:\n    issuer: https://a.dev # here\n    # clientId: x\n\n# which one\nenvironments: {}\n',
      `connections:\n  a:\n    issuer: https://a.dev # here\n    # clientId: x\n${entry}\n# which one\nenvironments: {}\n`,
    ],
    [
      'with the indentation of its neighbours',
      'connections:\n    a:\n        issuer: https://a.dev\n',
      'connections:\n    a:\n        issuer: https://a.dev\n    acme:\n      issuer: https://login.acme.dev\n      scopes: [read]\n',
    ],
    [
      'with the line ends of the file',
      'connections:\r\n  a: {}\r\nvariables: {}\r\n',
      `connections:\r\n  a: {}\r\n${entry.replaceAll('\n', '\r\n')}variables: {}\r\n`,
    ],
    ['where the last line has no end', 'variables: { a: 1 }', `variables: { a: 1 }\n\nconnections:\n${entry}`],
    [
      'below a key without a value',
      'connections: # none yet\nvariables: {}\n',
      `connections: # none yet\n${entry}variables: {}\n`,
    ],
    [
      'to braces',
      'connections: { a: { issuer: https://a.dev } } # all\n',
      'connections: { a: { issuer: https://a.dev }, acme: { issuer: https://login.acme.dev, scopes: [read] } } # all\n',
    ],
    [
      'to empty braces',
      'connections: {}\n',
      'connections: { acme: { issuer: https://login.acme.dev, scopes: [read] } }\n',
    ],
    [
      'to a file in braces',
      '{ "variables": { "a": 1 } }',
      '{ "variables": { "a": 1 }, connections: { acme: { issuer: https://login.acme.dev, scopes: [read] } } }',
    ],
    ['before the end of the document', 'variables: {}\n...\n', `variables: {}\nconnections:\n${entry}...\n`],
    [
      'without touching the blank lines that a text ends with',
      'variables:\n  a: |+\n    x\n\n',
      `variables:\n  a: |+\n    x\n\nconnections:\n${entry}`,
    ],
  ];
  for (const [what, before, after] of cases) it(what, () => assert.equal(added(before), after));

  it('although the file has a mistake that is not one of YAML', () => {
    assert.match(added('conections: {}\n'), /\nconnections:\n {2}acme:/);
  });
});

describe('a file is left as it is', () => {
  const cases = [
    ['with a quote that is not closed', 'connections:\n  a: "x\n', 'workspace.projectUnreadable'],
    ['with a tab as indentation', 'connections:\n\ta: {}\n', 'workspace.projectUnreadable'],
    ['with an unquoted expression in braces', 'connections:\n  a: { issuer: ${x} }\n', 'workspace.projectUnreadable'],
    ['with two documents', 'a: 1\n---\nb: 2\n', 'workspace.projectUnreadable'],
    ['whose connections stand elsewhere', 'x-all: &all { a: {} }\nconnections: *all\n', 'workspace.connectionNotAdded'],
    ['that says null on purpose', 'connections: null\n', 'workspace.connectionNotAdded'],
    ['with a list of connections', 'connections: [a]\n', 'workspace.connectionNotAdded'],
    ['that is a list', '- a\n', 'workspace.connectionNotAdded'],
    ['that has the name already', 'connections:\n  acme: {}\n', 'workspace.connectionNotAdded'],
  ] as const;
  for (const [what, text, code] of cases) it(what, () => assert.match(refused(text), new RegExp(code)));
});

it('a new file says what it is for, and is well-formed', () => {
  assert.match(newProjectFile(), /^# Latchkey/);
  assert.deepEqual(parseProjectFile(newProjectFile()).diagnostics, []);
});

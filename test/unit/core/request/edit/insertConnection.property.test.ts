import assert from 'node:assert/strict';
import { it } from 'node:test';
import { discoveredConnection } from '../../../../../src/core/oauth/discoveredConnection';
import { connectionLines } from '../../../../../src/core/request/edit/connectionLines';
import { freeName } from '../../../../../src/core/request/edit/freeName';
import { insertConnection } from '../../../../../src/core/request/edit/insertConnection';
import { literalText } from '../../../../../src/core/request/edit/yamlText';
import { parseProjectFile } from '../../../../../src/core/request/parseProjectFile';
import { resolveConnection } from '../../../../../src/core/request/resolveConnection';
import { fc } from '../../../../helpers/properties';

const blocks = [
  '# a comment\n',
  '\n',
  'variables:\n  a: 1\n  b: |\n    text\n',
  'variables: { a: "1" } # here\n',
  'defaults:\n  baseUrl: https://a.dev\n  # below\n',
  'environments:\n  local:\n    x: >-\n      folded\n',
  'protect: [local]\n',
  'x-notes: |+\n  keep\n\n\n',
  'connections:\n',
  'connections:\n  first:\n    issuer: https://a.dev\n    # of the first\n\n',
  'connections:\n   first: { issuer: https://a.dev }\n   "second": # odd\n      issuer: https://b.dev\n',
  'connections: { first: { issuer: https://a.dev } }\n',
  'connections: {\n  first: { issuer: https://a.dev }, # one\n}\n',
  '  - stray\n',
  '...\n',
];

const file = fc
  .tuple(fc.array(fc.constantFrom(...blocks), { maxLength: 6 }), fc.boolean(), fc.boolean())
  .map(([parts, windows, cut]) => {
    const text = parts.join('');
    const ended = windows ? text.replaceAll('\n', '\r\n') : text;
    return cut ? ended.trimEnd() : ended;
  });

it('whatever a file is like, the connection is in it and every other character stays, or nothing is done', () => {
  let inserted = 0;
  fc.assert(
    fc.property(file, (text) => {
      const before = parseProjectFile(text);
      const name = freeName('acme', before.connections.keys());
      let result: ReturnType<typeof insertConnection>;
      try {
        result = insertConnection(text, 'latchkey.yaml', name, [['issuer', 'https://login.acme.dev']]);
      } catch (error) {
        assert.match((error as { code: string }).code, /^workspace\.(?:projectUnreadable|connectionNotAdded)$/);
        return;
      }
      inserted++;
      const { offset } = result;
      const after = parseProjectFile(text.slice(0, offset) + result.text + text.slice(offset));
      assert.deepEqual([...after.connections.keys()], [...before.connections.keys(), name]);
      assert.equal(after.diagnostics.length, before.diagnostics.length);
      assert.doesNotMatch(text.includes('\r\n') ? result.text.replaceAll('\r\n', '') : '', /\n/);
    }),
  );
  assert.ok(inserted > 10, `only ${inserted} files could be extended`);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '${env:HOME}',
    '$${x}',
    '$$${x',
    '#x',
    ' a',
    'a: b',
    '007',
    'true',
    '~',
    '{a}',
    'a, b',
    '"',
    "'",
    '\ufdd0',
    '\u2028',
    '- a',
    '*a',
  ),
);

it('a text is read back as it is, with nothing in it expanded', () => {
  fc.assert(
    fc.property(hostile, fc.boolean(), (text, flow) => {
      fc.pre(text.trim() !== '');
      const value = literalText(text);
      const line = flow ? `connections: { a: { clientId: ${value} } }` : `connections:\n  a:\n    clientId: ${value}\n`;
      const [entry] = parseProjectFile(line).connections.values();
      assert.deepEqual(entry?.clientId?.parts, [text]);
    }),
  );
});

const scope = fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,12}$/);

it('what was found out about an API means the same when it is read from the file', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ validSchemes: ['https'] }),
      fc.webUrl({ validSchemes: ['https'] }),
      fc.uniqueArray(scope, { maxLength: 4 }),
      fc.option(fc.stringMatching(/^[!-~]{1,20}$/), { nil: undefined }),
      fc.boolean(),
      (resource, issuer, scopes, clientId, dpop) => {
        const facts = { origin: new URL(resource).origin, resource, issuer, scopes, clientId, dpop };
        const found = discoveredConnection(facts);
        const { offset, text } = insertConnection('', 'latchkey.yaml', 'acme', connectionLines(found));
        assert.equal(offset, 0);
        const resolved = resolveConnection(parseProjectFile(text), 'acme', undefined);
        assert.ok(resolved.ok, text);
        const own = { name: 'acme', label: 'acme', discovered: undefined };
        assert.deepEqual(defined(resolved.connection), defined({ ...found, ...own }));
      },
    ),
  );
});

function defined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

import assert from 'node:assert/strict';
import test from 'node:test';
import { taggedTestsOf } from '../../tools/docs/taggedTests';

function read(source: string): readonly [string, readonly string[]][] {
  return taggedTestsOf('a.test.ts', source).map(({ title, tags }) => [title, tags]);
}

// Put together here so that this file has no tags of its own.
const tags = (...ids: string[]): string => `[${ids.join(' ')}]`;

test('the ids at the end of a title are its tags, and no part of it', () => {
  const source = `it('uses S256 ${tags('A3', 'A4', '#pkce')}', () => {}); test("x ${tags('R10')}", () => {});`;
  assert.deepEqual(read(source), [
    ['uses S256', ['A3', 'A4', '#pkce']],
    ['x', ['R10']],
  ]);
});

test('a title may be made from a table of cases, or stand in one', () => {
  const source = `for (const c of [{ title: 'another issuer ${tags('X3')}' }]) it(c.title, f); it(\`\${a} by \${b ?? 1} ${tags('T2')}\`, f);`;
  assert.deepEqual(read(source), [
    ['another issuer', ['X3']],
    ['‹a› by …', ['T2']],
  ]);
});

test('the title of a suite stands before those of its tests, unless it is the name of the file', () => {
  const source = `suite('a', () => { suite('fresh tokens', () => { test('are kept ${tags('F2')}', f); }); }); test('alone ${tags('F3')}', f);`;
  assert.deepEqual(read(source), [
    ['fresh tokens › are kept', ['F2']],
    ['alone', ['F3']],
  ]);
});

test('a slip does not go unseen', () => {
  assert.deepEqual(read(`it('uses S256 ${tags('A3,', 'a4')}', f)`), [['uses S256', ['A3,', 'a4']]]);
});

test('other brackets are words', () => {
  assert.deepEqual(
    read(`it('reads [A3] and lists ${tags('a', 'b')}', f); it('${tags('A3')}', f); it('[1, 2]', f);`),
    [],
  );
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isIgnored, withIgnored } from '../../../../src/core/files/gitIgnore';

const rules: readonly (readonly [rules: string, path: string, ignored: boolean | undefined])[] = [
  ['', '.env', undefined],
  ['.env', '.env', true],
  ['.env', 'api/.env', true],
  ['/.env', 'api/.env', undefined],
  ['# .env', '.env', undefined],
  ['*.local.yaml\n', 'latchkey.local.yaml', true],
  ['*.local.*  ', 'api/latchkey.local.yaml', true],
  ['latchkey.local.yml', 'latchkey.local.yaml', undefined],
  ['latchkey?local.yaml', 'latchkey.local.yaml', true],
  ['.env*\n!.env', '.env', false],
  ['api/', 'api/.env', true],
  ['.env/', '.env', undefined],
  ['**/.env', 'a/b/.env', true],
  ['api/**', 'api/x/.env', true],
  ['api/*.yaml', 'api/x/latchkey.local.yaml', undefined],
  ['\\#x', '#x', true],
  ['(a)+', '(a)+', true],
];

it('a file is left out by the rules of gitignore', () => {
  for (const [text, path, expected] of rules) assert.equal(isIgnored(text, path), expected, `${text} ${path}`);
});

it('lines are added in the style of the file', () => {
  assert.equal(withIgnored('', ['a', 'b']), 'a\nb\n');
  assert.equal(withIgnored('x', ['a']), '\na\n');
  assert.equal(withIgnored('x\r\n', ['a']), 'a\r\n');
});

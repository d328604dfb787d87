import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import { workspacePath } from '../../../../src/core/files/workspacePath';
import { fc } from '../../../helpers/properties';

suite('paths in project files', () => {
  const inside: readonly (readonly [directory: string, path: string, found: string])[] = [
    ['', './key.pem', 'key.pem'],
    ['', 'keys/a b.pem', 'keys/a b.pem'],
    ['services/shop', './key.pem', 'services/shop/key.pem'],
    ['services/shop', '../../keys//key.pem', 'keys/key.pem'],
    ['', 'environment/.environment.d/key', 'environment/.environment.d/key'],
    ['', '..key', '..key'],
  ];
  for (const [directory, path, found] of inside) {
    test(`${path} beside ${directory}/latchkey.yaml is ${found}`, () => {
      assert.equal(workspacePath(directory, path), found);
    });
  }

  const refused: readonly (readonly [path: string, code: string])[] = [
    ['../key.pem', 'file.outside'],
    ['a/../../key.pem', 'file.outside'],
    ['/etc/key.pem', 'file.outside'],
    ['~/.ssh/id_rsa', 'file.outside'],
    ['C:/key.pem', 'file.outside'],
    ['key.pem:stream', 'file.outside'],
    ['..\\key.pem', 'file.outside'],
    ['file:///etc/key.pem', 'file.outside'],
    ['', 'file.outside'],
    ['.', 'file.outside'],
    ['key\0.pem', 'file.outside'],
    ['.env', 'file.forbidden'],
    ['a/.ENV.local', 'file.forbidden'],
    ['.env. ', 'file.forbidden'],
    ['.git/config', 'file.forbidden'],
    ['sub/.GIT/config', 'file.forbidden'],
    ['x/../.git/HEAD', 'file.forbidden'],
    ['latchkey.local.yaml', 'file.forbidden'],
    ['sub/Latchkey.Local.yaml', 'file.forbidden'],
  ];
  for (const [path, code] of refused) {
    test(`${JSON.stringify(path)} is refused: ${code}`, () => {
      assert.throws(() => workspacePath('', path), { code });
    });
  }

  test('no path leads out of the folder', () => {
    const part = fc.constantFrom('..', '.', '', 'a', '.git', '.env', 'key.pem', '~', '\\');
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (directory, path) => {
        try {
          const found = workspacePath(directory.join('/'), path.join('/')).split('/');
          assert.ok(!found.includes('..') && !found.includes('.git') && !found.includes(''));
        } catch (error) {
          if (!(error instanceof LatchkeyError)) throw error;
        }
      }),
    );
  });
});

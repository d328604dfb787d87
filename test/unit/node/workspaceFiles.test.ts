import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { workspaceFileGlances, workspaceFiles } from '../../../src/node/workspaceFiles';
import { temporaryFolder } from '../../helpers/temporaryFolder';

interface Workspace extends AsyncDisposable {
  readonly folder: string;
  readonly at: (name: string) => string;
  /** A file that is not in it. */
  readonly outside: string;
}

async function workspace(): Promise<Workspace> {
  const temporary = await temporaryFolder('files');
  const top = temporary.path;
  const inside = path.join(top, 'shop with space');
  mkdirSync(path.join(inside, 'keys'), { recursive: true });
  mkdirSync(path.join(inside, '.git'));
  const outside = path.join(top, 'id_rsa');
  writeFileSync(outside, 'the key of somebody');
  writeFileSync(path.join(inside, 'keys', 'key.pem'), 'the key');
  writeFileSync(path.join(inside, '.env'), 'TOKEN=x');
  writeFileSync(path.join(inside, '.git', 'config'), 'x');
  return {
    folder: pathToFileURL(inside).href,
    at: (name) => path.join(inside, name),
    outside,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

async function read(folder: string, name: string): Promise<string> {
  return Buffer.from(await workspaceFiles.read(folder, name)).toString();
}

suite('files of a workspace folder', () => {
  test('are read, also through a link that stays inside', async () => {
    await using place = await workspace();
    const { folder, at } = place;
    symlinkSync('keys/key.pem', at('link.pem'));
    assert.equal(await read(folder, 'keys/key.pem'), 'the key');
    assert.equal(await read(folder, 'link.pem'), 'the key');
  });

  test('that a link leads to outside of the folder are not read', async () => {
    await using place = await workspace();
    const { folder, at, outside } = place;
    symlinkSync(outside, at('link.pem'));
    symlinkSync('..', at('up'));
    for (const name of ['link.pem', 'up/id_rsa', '../id_rsa']) {
      await assert.rejects(read(folder, name), { code: 'file.outside' });
    }
  });

  test('that a link leads to and are never read are not read', async () => {
    await using place = await workspace();
    const { folder, at } = place;
    symlinkSync('.env', at('key.pem'));
    symlinkSync('.git', at('keys2'));
    for (const name of ['key.pem', 'keys2/config', '.env', '.git/config']) {
      await assert.rejects(read(folder, name), { code: 'file.forbidden' });
    }
  });

  test('that are missing, folders, pipes or too large say so', async () => {
    await using place = await workspace();
    const { folder, at } = place;
    writeFileSync(at('large.pem'), Buffer.alloc(256 * 1024 + 1));
    symlinkSync('nowhere', at('dangling.pem'));
    for (const name of ['none.pem', 'dangling.pem', 'keys/key.pem/x']) {
      await assert.rejects(read(folder, name), { code: 'file.notFound' });
    }
    await assert.rejects(read(folder, 'keys'), { code: 'file.unreadable' });
    await assert.rejects(read(folder, 'large.pem'), { code: 'file.tooLarge' });
    execFileSync('mkfifo', [at('pipe.pem')]);
    await assert.rejects(read(folder, 'pipe.pem'), { code: 'file.unreadable' });
  });

  test('of a folder that is on no disk are not read', async () => {
    await assert.rejects(read('memfs:/shop', 'key.pem'), { code: 'file.notLocal' });
  });

  test('are looked at from the beginning, and no further than asked for', async () => {
    await using place = await workspace();
    const { folder, at } = place;
    writeFileSync(at('rows.csv'), 'a,b\n1,2\n');
    const head = async (bytes: number): Promise<readonly [string, boolean]> => {
      const { bytes: read, isWhole } = await workspaceFileGlances.head(folder, 'rows.csv', bytes);
      return [Buffer.from(read).toString(), isWhole];
    };
    assert.deepEqual(await head(3), ['a,b', false]);
    assert.deepEqual(await head(8), ['a,b\n1,2\n', true]);
    assert.deepEqual(await head(100), ['a,b\n1,2\n', true]);
    symlinkSync(place.outside, at('out.csv'));
    await assert.rejects(workspaceFileGlances.head(folder, 'out.csv', 3), { code: 'file.outside' });
    await assert.rejects(workspaceFileGlances.stamp(folder, 'out.csv'), { code: 'file.outside' });
    await assert.rejects(workspaceFileGlances.stamp(folder, 'none.csv'), { code: 'file.notFound' });
    await assert.rejects(workspaceFileGlances.stamp(folder, 'keys'), { code: 'file.unreadable' });
    assert.equal(await workspaceFileGlances.stamp('vscode-vfs://github/a', 'rows.csv'), undefined);
  });

  test('have a stamp that changes with what is in them, also behind a link', async () => {
    await using place = await workspace();
    const { folder, at } = place;
    const stamp = (): Promise<string | undefined> => workspaceFileGlances.stamp(folder, 'link.csv');
    writeFileSync(at('rows.csv'), 'a');
    symlinkSync('rows.csv', at('link.csv'));
    const first = await stamp();
    assert.equal(await stamp(), first);
    writeFileSync(at('rows.csv'), 'ab');
    const second = await stamp();
    assert.notEqual(second, first);
    // As long and as old, and yet another file.
    writeFileSync(at('new.csv'), 'cd');
    const then = new Date(2020, 1, 1);
    utimesSync(at('rows.csv'), then, then);
    utimesSync(at('new.csv'), then, then);
    const third = await stamp();
    renameSync(at('new.csv'), at('rows.csv'));
    assert.notEqual(await stamp(), third);
  });
});

import assert from 'node:assert/strict';
import { mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { DiskHistory } from '../../../src/node/diskHistory';
import { temporaryFolder } from '../../helpers/temporaryFolder';

test('files are for this user only, and are read from their beginning', async () => {
  await using temporary = await temporaryFolder('history');
  const folder = path.join(temporary.path, 'a', 'history');
  const files = new DiskHistory(folder);
  assert.deepEqual(await files.list(), []);
  await files.write('a-1.history', new TextEncoder().encode('hello'));
  assert.deepEqual(await files.list(), ['a-1.history']);
  assert.equal(await files.size('a-1.history'), 5);
  assert.equal(new TextDecoder().decode(await files.read('a-1.history', 3)), 'hel');
  assert.equal(new TextDecoder().decode(await files.read('a-1.history')), 'hello');
  if (process.platform !== 'win32') {
    assert.equal((await stat(path.join(folder, 'a-1.history'))).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  }
  await files.delete('a-1.history');
  await files.delete('a-1.history');
  assert.deepEqual(await files.list(), []);
});

test('what could not be written to its end leaves no file', async () => {
  await using temporary = await temporaryFolder('history');
  const files = new DiskHistory(temporary.path);
  // Nothing else fails in the middle without a disk that is full.
  await assert.rejects(files.write('a.history', 7 as unknown as Uint8Array));
  assert.deepEqual(await files.list(), []);
});

test('nothing is written over, through a link or outside of the folder', async () => {
  await using temporary = await temporaryFolder('history');
  const folder = temporary.path;
  const files = new DiskHistory(path.join(folder, 'history'));
  await mkdir(path.join(folder, 'history'));
  await writeFile(path.join(folder, 'elsewhere'), 'kept');
  await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'history', 'a.history'));
  await assert.rejects(files.write('a.history', new Uint8Array()));
  for (const name of ['../elsewhere', '..', '.hidden', 'a/b', '']) {
    await assert.rejects(files.write(name, new Uint8Array()));
    await assert.rejects(files.read(name));
    await assert.rejects(files.delete(name));
  }
});

test('a folder that was removed while the window is open comes back', async () => {
  await using temporary = await temporaryFolder('history');
  const folder = path.join(temporary.path, 'history');
  const files = new DiskHistory(folder);
  await files.write('a.history', new Uint8Array());
  await rm(folder, { recursive: true });
  await files.write('b.history', new Uint8Array());
  assert.deepEqual(await files.list(), ['b.history']);
});

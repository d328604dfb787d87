import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { readDisk } from '../../../src/node/readDisk';
import { temporaryFolder } from '../../helpers/temporaryFolder';

suite('request and project files on the disk', () => {
  test('are read up to a limit', async () => {
    await using folder = await temporaryFolder('disk');
    const file = path.join(folder.path, 'a.http.yaml');
    writeFileSync(file, 'four and twenty');
    const read = async (most: number): Promise<string> => new TextDecoder().decode(await readDisk(file, most));
    assert.deepEqual([await read(100), await read(15), await read(4)], ['four and twenty', 'four and twenty', 'four']);
  });

  test('are missing, or cannot be read, which is another matter', async () => {
    await using folder = await temporaryFolder('disk');
    writeFileSync(path.join(folder.path, 'a.http.yaml'), '');
    mkdirSync(path.join(folder.path, 'b.http.yaml'));
    assert.equal(await readDisk(path.join(folder.path, 'nowhere.http.yaml'), 10), undefined);
    assert.equal(await readDisk(path.join(folder.path, 'a.http.yaml', 'latchkey.yaml'), 10), undefined);
    await assert.rejects(readDisk(path.join(folder.path, 'b.http.yaml'), 10), /is no file/);
  });

  test('are no pipes and no devices, which might never end', async () => {
    await using folder = await temporaryFolder('disk');
    execFileSync('mkfifo', [path.join(folder.path, 'pipe.http.yaml')]);
    symlinkSync('/dev/zero', path.join(folder.path, 'endless.http.yaml'));
    for (const name of ['pipe.http.yaml', 'endless.http.yaml'])
      await assert.rejects(readDisk(path.join(folder.path, name), 10), /is no file/);
  });
});

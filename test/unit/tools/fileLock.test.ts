import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { test } from 'node:test';
import { deferred } from '../../helpers/deferred';
import { temporaryFolder } from '../../helpers/temporaryFolder';
import { withFileLock } from '../../tools/provision/fileLock';

test('two holders follow each other', async () => {
  await using folder = await temporaryFolder('lock');
  const file = path.join(folder.path, 'a.lock');
  const events: string[] = [];
  const begun = deferred();
  const gate = deferred();
  const first = withFileLock(
    file,
    async () => {
      events.push('first begins');
      begun.resolve();
      await gate.promise;
      events.push('first ends');
    },
    () => events.push('first waits'),
  );
  // Started together, either could be the first.
  await begun.promise;
  const second = withFileLock(
    file,
    () => Promise.resolve(events.push('second')),
    () => {
      events.push('second waits');
      gate.resolve();
    },
  );
  await Promise.all([first, second]);
  assert.deepEqual(events, ['first begins', 'second waits', 'first ends', 'second']);
  assert.deepEqual(await fs.readdir(folder.path), []);
});

test('the lock of a process that died is taken over', async () => {
  await using folder = await temporaryFolder('lock');
  const file = path.join(folder.path, 'a.lock');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await fs.writeFile(file, String(dead));
  const result = await withFileLock(
    file,
    () => Promise.resolve('done'),
    () => assert.fail('nobody holds it'),
  );
  assert.equal(result, 'done');
});

test('a lock that nobody has touched for long is taken over, whoever has its process id now', async () => {
  await using folder = await temporaryFolder('lock');
  const file = path.join(folder.path, 'a.lock');
  await fs.writeFile(file, String(process.pid));
  const longAgo = new Date(Date.now() - 3_600_000);
  await fs.utimes(file, longAgo, longAgo);
  await withFileLock(
    file,
    () => Promise.resolve(),
    () => assert.fail('nobody holds it'),
  );
});

test('a failure inside releases the lock', async () => {
  await using folder = await temporaryFolder('lock');
  const file = path.join(folder.path, 'a.lock');
  const failing = withFileLock(
    file,
    () => Promise.reject(new Error('boom')),
    () => undefined,
  );
  await assert.rejects(failing, /boom/);
  assert.deepEqual(await fs.readdir(folder.path), []);
});

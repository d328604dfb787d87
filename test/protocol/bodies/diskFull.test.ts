import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { JsonBodyServer } from '../../helpers/jsonBodyServer';
import { eventually } from '../../helpers/eventually';
import { repositoryRoot } from '../../helpers/repository';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const run = promisify(execFile);
const child = path.join(repositoryRoot, 'out', 'test', 'helpers', 'spoolingChild.entry.js');
const size = 50_000_000;
const isWindows = process.platform === 'win32';

interface Ended {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  /** Files of bodies that are still there. */
  readonly left: readonly string[];
}

/** Fetches more than there is room for, in a shell that first makes the room small. */
async function fetchWith(shell: readonly string[], room: string): Promise<Ended> {
  await using server = await JsonBodyServer.start();
  await using folder = await temporaryFolder('disk-full');
  const fetched = `exec "$NODE" "$CHILD" ${server.origin}/json/${size} "$FOLDER"`;
  const env = { ...process.env, NODE: process.execPath, CHILD: child, FOLDER: folder.path };
  const { stdout } = await run(shell[0] ?? '', [...shell.slice(1), `${room} && ${fetched}`], { env });
  await eventually(async () => assert.equal(await server.openConnections(), 0));
  return JSON.parse(stdout) as Ended;
}

test('a disk that is full while a body is written', { skip: process.platform !== 'linux' }, async (t) => {
  const shell = ['unshare', '--map-root-user', '--mount', 'sh', '-c'];
  const room = 'mount -t tmpfs -o size=8m tmpfs "$FOLDER"';
  const canMount = await run('unshare', [...shell.slice(1), 'mount -t tmpfs tmpfs /mnt']).then(
    () => true,
    () => false,
  );
  if (!canMount) {
    t.skip('This machine lets nobody mount a small disk.');
    return;
  }
  const { code, message, next, left } = await fetchWith(shell, room);
  assert.equal(code, 'http.diskFull');
  assert.match(message, /disk is full/);
  assert.match(next, /Make room on the disk/);
  assert.deepEqual(left, []);
});

test('a file that may not grow any more while a body is written', { skip: isWindows }, async () => {
  // In units of 512 bytes or a kilobyte, as the shell has it.
  const { code, message, next, left } = await fetchWith(['sh', '-c'], 'ulimit -f 8192');
  assert.equal(code, 'http.spoolFailed');
  assert.match(message, /could not be written to a file \(EFBIG\)/);
  assert.match(next, /storage folder/);
  assert.deepEqual(left, []);
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { nodeRandom } from '../../../src/node/nodeRandom';
import { FileSpool } from '../../../src/node/spool';
import { temporaryFolder } from '../../helpers/temporaryFolder';

test('what is appended is in the file in its order, however often it is flushed and read meanwhile', async () => {
  await using folder = await temporaryFolder('spool');
  const spool = new FileSpool(folder.path, nodeRandom);
  const file = await spool.create();
  const pieces = Array.from({ length: 200 }, () => randomBytes(60_000));
  const reads: Promise<void>[] = [];
  let appended = 0;
  for (const piece of pieces) {
    await file.append(piece);
    appended += piece.length;
    if (reads.length % 3 === 0) reads.push(file.flush());
    else reads.push(file.read(0, appended).then((bytes) => assert.ok(bytes.length <= file.size)));
  }
  await Promise.all(reads);
  await file.flush();
  const all = Buffer.concat(pieces);
  assert.equal(file.size, all.length);
  assert.ok(all.equals(await file.read(0, all.length)));
  spool.dispose();
});

test('after a write that failed, appending and flushing say why', async () => {
  await using folder = await temporaryFolder('spool');
  const spool = new FileSpool(folder.path, nodeRandom);
  const file = await spool.create();
  spool.dispose();
  await file.append(new Uint8Array(10));
  await assert.rejects(file.flush(), { code: 'http.spoolFailed' });
  await file.append(new Uint8Array(2_000_000)).catch(() => undefined);
  await assert.rejects(file.flush(), { code: 'http.spoolFailed' });
});

test('a folder that could not be made is made for the next body, once it can be', async () => {
  await using folder = await temporaryFolder('spool');
  const place = path.join(folder.path, 'bodies');
  await writeFile(place, 'in the way');
  const spool = new FileSpool(place, nodeRandom);
  await assert.rejects(spool.create(), { code: 'http.spoolFailed' });
  await rm(place);
  (await spool.create()).dispose();
  // Whoever cleans up may take it away meanwhile.
  await rm(place, { recursive: true });
  await assert.rejects(spool.create(), { code: 'http.spoolFailed' });
  (await spool.create()).dispose();
  spool.dispose();
});

test('what an earlier process with the same number has left behind is deleted, and nothing of this one', async () => {
  await using folder = await temporaryFolder('spool');
  const own = path.join(folder.path, String(process.pid));
  await mkdir(own);
  await writeFile(path.join(own, 'body-of-before'), 'left');
  const spool = new FileSpool(folder.path, nodeRandom);
  const files = await Promise.all([spool.create(), spool.create()]);
  files.push(await spool.create());
  assert.deepEqual(await readdir(own), files.map((file) => path.basename(file.path)).toSorted());
  spool.dispose();
});

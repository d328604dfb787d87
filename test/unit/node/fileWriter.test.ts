import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileWriter } from '../../../src/node/fileWriter';

async function* pieces(count: number, error?: Error): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < count; piece++) {
    await Promise.resolve();
    yield new Uint8Array(1000).fill(piece);
  }
  if (error) throw error;
}

test('a file is written piece by piece, and stays as it was when that fails', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-writer-'));
  try {
    const file = path.join(folder, 'a.bin');
    await writeFile(file, 'before');
    await assert.rejects(fileWriter.write(file, pieces(3, new Error('stop'))), /stop/);
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await readdir(folder), ['a.bin']);
    await fileWriter.write(file, pieces(3));
    const bytes = await readFile(file);
    assert.equal(bytes.length, 3000);
    assert.equal(bytes[2500], 2);
    assert.deepEqual(await readdir(folder), ['a.bin']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import test from 'node:test';
import { withoutConnection } from '../../../src/core/http/authorise';
import { sendExchange } from '../../../src/core/http/sendExchange';
import { workspaceFileContents } from '../../../src/node/workspaceFiles';
import { composed } from '../../helpers/filesBody';
import { startTransport } from '../../helpers/localServers';
import { httpRequest, neverAborted, sendDependencies } from '../../helpers/requests';
import { textOf } from '../../helpers/sending';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const MEGABYTE = 1024 * 1024;

/** Counts the bytes it gets, in a process of its own so that its memory does not count. */
const sink = `
require('node:http').createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk) => (bytes += chunk.length)).on('end', () => response.end(String(bytes)));
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

test('200 MB are sent in little memory', async (t) => {
  await using folder = await temporaryFolder('upload-memory');
  for (const [name, size] of [
    ['large', 200 * MEGABYTE],
    ['small', 60 * MEGABYTE],
  ] as const) {
    await fs.writeFile(path.join(folder.path, name), '');
    await fs.truncate(path.join(folder.path, name), size);
  }
  const server = spawn(process.execPath, ['-e', sink], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => server.kill());
  const port = await new Promise<string>((resolve) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  const dependencies = { ...sendDependencies(startTransport(t)), files: workspaceFileContents };
  let peak = 0;
  let peakOfProcess = 0;
  const measure = (): void => {
    peak = Math.max(peak, held());
    peakOfProcess = Math.max(peakOfProcess, process.memoryUsage.rss());
  };
  const upload = async (name: string): Promise<string> => {
    const request = httpRequest(`http://127.0.0.1:${port}/`, {
      method: 'PUT',
      body: composed(folder.path, { file: name }),
    });
    return textOf(
      await sendExchange(withoutConnection(request), dependencies, {
        signal: neverAborted,
        onProgress: measure,
      }),
    );
  };
  // Any first upload has the engine compile what it runs often, which takes memory of its own.
  assert.equal(await upload('small'), String(60 * MEGABYTE));
  const [before, processBefore] = [held(), process.memoryUsage.rss()];
  [peak, peakOfProcess] = [0, 0];
  assert.equal(await upload('large'), String(200 * MEGABYTE));
  const added = Math.round((peak - before) / MEGABYTE);
  // Undici alone, with a file stream of Node, adds about 40 MB to the process: what the engine holds back for itself.
  const addedToProcess = Math.round((peakOfProcess - processBefore) / MEGABYTE);
  t.diagnostic(`200 MB added ${added} MB, ${addedToProcess} MB to the process`);
  assert.ok(added <= 20, `${added} MB`);
  assert.ok(addedToProcess <= 100, `${addedToProcess} MB`);
});

/** Bytes that JavaScript holds: the heap, and what is outside of it on its behalf. */
function held(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapTotal + external;
}

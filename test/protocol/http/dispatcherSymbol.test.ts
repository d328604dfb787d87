import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startHttp } from '../../helpers/localServers';
import { repositoryRoot } from '../../helpers/repository';
import { temporaryFolder } from '../../helpers/temporaryFolder';

/** What runs in a process of its own: sends, then tells which of undici's process-wide symbols are there. */
const program = `
import { UndiciTransport } from './src/node/undiciTransport';
const symbols = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2', 'undici.globalOrigin.1'].map((name) => Symbol.for(name));
const marker = { dispatch: () => false };
if (process.argv[3] === 'set') Object.defineProperty(globalThis, symbols[0], { value: marker, configurable: true });
const transport = new UndiciTransport();
void (async () => {
  const response = await transport.send({ method: 'GET', url: process.argv[2], headers: [] }, new AbortController().signal);
  let bytes = 0;
  for await (const chunk of response.body) bytes += chunk.length;
  transport.dispose();
  const present = symbols.filter((symbol) => symbol in globalThis).map((symbol) => symbol.description);
  console.log(JSON.stringify({ status: response.status, bytes, present, kept: globalThis[symbols[0]] === marker }));
})();
`;

test('bundled as it ships, the transport leaves the dispatcher of the process alone', async (t) => {
  await using folder = await temporaryFolder('dispatcher');
  const outfile = path.join(folder.path, 'program.js');
  await build({
    stdin: { contents: program, resolveDir: repositoryRoot, loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    // Loaded with the first WebSocket.
    external: ['ws'],
    outfile,
    logLevel: 'error',
  });
  const server = await startHttp(t, (_request, response) => response.end('hello'));
  const run = async (...more: string[]): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, server.origin, ...more]);
    return JSON.parse(stdout) as unknown;
  };
  assert.deepEqual(await run(), { status: 200, bytes: 5, present: [], kept: false });
  assert.deepEqual(await run('set'), { status: 200, bytes: 5, present: ['undici.globalDispatcher.1'], kept: true });
  // All of undici, with its fetch and mocks, would be over 535 kB; the rest are the texts of all errors.
  assert.ok((await stat(outfile)).size < 380_000);
});

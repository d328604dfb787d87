import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { ExampleRun } from '../../helpers/exampleRun';
import { startPlayground } from '../../helpers/playground';
import { signIn } from '../../helpers/playgroundTokens';
import { temporaryFolder } from '../../helpers/temporaryFolder';

test('writes the sample, and comes back on the same ports', async () => {
  await using folder = await temporaryFolder('playground');
  const sample = path.join(folder.path, 'sample');
  const free = await freePorts();
  const first = await startPlayground(['--write-sample', sample, ...free]);
  assert.equal(first.sample?.folder, sample);
  assert.ok(first.sample.written.includes('profile.http.yaml'));
  const project = await readFile(path.join(sample, 'latchkey.yaml'), 'utf8');
  for (const address of [first.issuer, first.api, first.otherOrigin]) assert.ok(project.includes(address), address);
  first.child.kill();
  await first.exited;

  await using second = await startPlayground(['--write-sample', sample]);
  assert.deepEqual([second.issuer, second.api, second.otherOrigin], [first.issuer, first.api, first.otherOrigin]);
  assert.deepEqual(second.sample?.written, []);
  assert.equal(await readFile(path.join(sample, 'latchkey.yaml'), 'utf8'), project);
});

test('the requests that need each other go through, one after the other', async () => {
  await using folder = await temporaryFolder('playground');
  await using playground = await startPlayground(['--write-sample', folder.path]);
  const { tokens } = await signIn(playground);
  const read = (name: string): Promise<string> => readFile(path.join(folder.path, name), 'utf8');
  const project = await read('latchkey.yaml');
  const run = new ExampleRun({
    folder: pathToFileURL(folder.path).href,
    ...{ project, environment: undefined, token: tokens.access_token },
  });
  assert.deepEqual(await run.sendAll('chain.http.yaml', await read('chain.http.yaml')), [
    { request: 'list', end: 'ok' },
    { request: 'show', end: 'ok' },
    { request: 'note', end: 'ok' },
  ]);
});

test('moves to free ports when the remembered ones are taken, and writes the new addresses', async () => {
  await using folder = await temporaryFolder('playground');
  await using first = await startPlayground(['--write-sample', folder.path, ...(await freePorts())]);
  await using second = await startPlayground(['--write-sample', folder.path]);
  assert.notEqual(second.issuer, first.issuer);
  const project = await readFile(path.join(folder.path, 'latchkey.yaml'), 'utf8');
  assert.ok(project.includes(second.issuer) && project.includes(second.api) && !project.includes(first.api));
});

test('a port that was asked for is not replaced by another', async () => {
  await using folder = await temporaryFolder('playground');
  await using first = await startPlayground();
  const { port } = new URL(first.issuer);
  await assert.rejects(startPlayground(['--write-sample', folder.path, '--auth-port', port]), /"code":"portTaken"/);
});

/** Ports that a playground has just been given and let go again. */
async function freePorts(): Promise<string[]> {
  await using playground = await startPlayground();
  const [auth = '', api = '', other = ''] = [playground.issuer, playground.api, playground.otherOrigin].map(
    (url) => new URL(url).port,
  );
  return ['--auth-port', auth, '--api-port', api, '--other-port', other];
}

import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as net from 'node:net';
import * as path from 'node:path';
import { test } from 'node:test';
import { StartedProcess } from '../../helpers/childProcess';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const patient = 20_000;

function start(folder: string, script: string): StartedProcess {
  return new StartedProcess(process.execPath, ['-e', script], { logFile: path.join(folder, 'log'), ownGroup: true });
}

test('stopping reaches what the process started, even when it has ended itself', async () => {
  await using folder = await temporaryFolder('process');
  // Who still answers is alive; a process id proves nothing where zombies are not reaped.
  const grandchild = `const server = require('node:net').createServer();
    server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));`;
  const spawnIt = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' })`;
  for (const script of [`${spawnIt}; setInterval(() => {}, 1000);`, `${spawnIt}.unref();`]) {
    const started = start(folder.path, script);
    const [, port] = await started.waitForOutput(/port (\d+)/, patient);
    await started.stop();
    await assert.rejects(once(net.connect(Number(port), '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' });
  }
});

test('a process that ignores the request to end is killed', async () => {
  await using folder = await temporaryFolder('process');
  const started = start(
    folder.path,
    `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready');`,
  );
  await started.waitForOutput(/ready/, patient);
  await started.stop(100);
  assert.equal(started.running, false);
});

test('waiting for output ends with the process, showing what it said', async () => {
  await using folder = await temporaryFolder('process');
  const started = start(folder.path, `console.error('no such thing'); process.exit(4);`);
  await assert.rejects(started.waitForOutput(/ready/, patient), /ended before it wrote \/ready\/[^]*no such thing/);
  assert.equal(started.exitCode, 4);
});

test('a command that cannot be started says so', async () => {
  await using folder = await temporaryFolder('process');
  const started = new StartedProcess('/does/not/exist', [], { logFile: path.join(folder.path, 'log') });
  await assert.rejects(started.waitForOutput(/ready/, patient), /ENOENT/);
  await started.stop();
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as http from 'node:http';
import * as net from 'node:net';
import * as os from 'node:os';
import test from 'node:test';
import { playgroundBundle, startPlayground } from '../../helpers/playground';

test('prints one line of JSON with its addresses, and nothing else', async () => {
  await using playground = await startPlayground(['--issuer-host', 'playground.localhost']);
  assert.match(playground.issuer, /^http:\/\/playground\.localhost:\d+$/);
  assert.match(playground.api, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.match(playground.otherOrigin, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(
    new Set([playground.issuer, playground.api, playground.otherOrigin].map((url) => new URL(url).port)).size,
    3,
  );
  assert.deepEqual(playground.users, ['alice', 'bob']);
  assert.equal(playground.clientId, 'latchkey-playground');
  assert.equal(playground.pid, playground.child.pid);
  assert.equal((await fetch(playground.api)).status, 200);
  playground.child.stdin?.end();
  await playground.exited;
  assert.equal(playground.output.lines.length, 1);
  assert.equal(playground.output.errors(), '');
});

test('listens on loopback only, on IPv6 where the machine has it', async () => {
  await using playground = await startPlayground();
  const hasIpv6 = Object.values(os.networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
  for (const url of [playground.issuer, playground.api, playground.otherOrigin]) {
    const port = Number(new URL(url).port);
    assert.equal(await accepts('127.0.0.1', port), true);
    assert.equal(await accepts('::1', port), hasIpv6);
    // A server on all addresses would answer here too.
    assert.equal(await accepts('127.0.0.2', port), false);
  }
});

test('answers to loopback names only, so that a foreign name cannot be pointed at it', async () => {
  await using playground = await startPlayground();
  const issuer = new URL(playground.issuer);
  const path = '/.well-known/openid-configuration';
  for (const host of [`playground.localhost:${issuer.port}`, `localhost:${issuer.port}`, '[::1]:1234']) {
    assert.equal(await statusFor(issuer, path, host), 200, host);
  }
  for (const host of ['evil.example', `127.0.0.1.evil.example:${issuer.port}`, 'localhost.evil.example']) {
    assert.equal(await statusFor(issuer, path, host), 421, host);
    assert.equal(await statusFor(new URL(playground.api), '/', host), 421, host);
  }
});

test('uses the ports it is given, and says which one is taken', async () => {
  await using first = await startPlayground();
  const taken = new URL(first.api).port;
  const { code, stdout, stderr } = await runToEnd(['--api-port', taken]);
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout), {
    ready: false,
    error: { code: 'portTaken', message: `port ${taken} is in use`, port: Number(taken) },
  });
  assert.equal(stderr, `playground: port ${taken} is in use\n`);

  const ports = [first.issuer, first.api, first.otherOrigin].map((url) => new URL(url).port);
  first.child.kill();
  await first.exited;
  const [auth = '', api = '', other = ''] = ports;
  await using second = await startPlayground(['--auth-port', auth, '--api-port', api, '--other-port', other]);
  assert.deepEqual([second.issuer, second.api, second.otherOrigin], [first.issuer, first.api, first.otherOrigin]);
});

test('explains a wrong command line', async () => {
  const { code, stdout, stderr } = await runToEnd(['--api-port', 'many']);
  assert.equal(code, 1);
  assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'usage');
  assert.match(stderr, /--api-port must be a number from 1 to 65535, not many/);
  assert.match(stderr, /Usage: playground/);
});

test('ends when its standard input closes', async () => {
  await using playground = await startPlayground();
  playground.child.stdin?.end();
  assert.equal(await playground.exited, 0);
});

test('ends on SIGTERM and on SIGINT, even with a request in flight', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    await using playground = await startPlayground();
    const cut = assert.rejects(fetch(`${playground.api}/slow?ms=60000`));
    await fetch(`${playground.api}/`);
    playground.child.kill(signal);
    assert.equal(await playground.exited, 0);
    await cut;
  }
});

test('ends when the IPC channel closes', async () => {
  await using playground = await startPlayground([], ['ignore', 'pipe', 'pipe', 'ipc']);
  assert.equal((await fetch(playground.api)).status, 200);
  playground.child.disconnect();
  assert.equal(await playground.exited, 0);
});

test('ends when the parent it was told to watch is gone', async () => {
  const parent = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(parent, 'spawn');
  await using playground = await startPlayground(['--parent-pid', String(parent.pid)], ['ignore', 'pipe', 'pipe']);
  assert.equal((await fetch(playground.api)).status, 200);
  parent.stdin.end();
  await once(parent, 'exit');
  assert.equal(await playground.exited, 0);
});

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 });
    const settle = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

function statusFor(server: URL, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, headers: { host } };
    http.get(options, (response) => resolve(response.resume().statusCode)).once('error', reject);
  });
}

async function runToEnd(args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [playgroundBundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, stdout, stderr };
}

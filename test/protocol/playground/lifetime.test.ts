import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { eventually } from '../../helpers/eventually';
import { startPlayground } from '../../helpers/playground';

const adopt = (api: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${api}/playground/adopt`, { method: 'POST', headers });

test('without its parent it stays for the time of grace, and for whoever adopts it', { timeout: 30_000 }, async () => {
  await using playground = await startPlayground(['--grace', '1']);
  const adopter = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    const response = await adopt(playground.api, { 'x-latchkey-adopter': String(adopter.pid) });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      issuer: playground.issuer,
      api: playground.api,
      pid: playground.child.pid,
    });
    playground.child.stdin?.end();
    assert.equal((await fetch(`${playground.issuer}/.well-known/openid-configuration`)).status, 200);
  } finally {
    adopter.kill();
    await once(adopter, 'exit');
  }
  assert.equal(await playground.exited, 0);
});

test('a web page cannot adopt it', async () => {
  await using playground = await startPlayground();
  const { api } = playground;
  assert.equal((await adopt(api, {})).status, 400);
  assert.equal((await adopt(api, { 'x-latchkey-adopter': '0' })).status, 400);
  const preflight = await fetch(`${api}/playground/adopt`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-latchkey-adopter',
    },
  });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  await eventually(async () => assert.equal((await fetch(api)).status, 200));
});

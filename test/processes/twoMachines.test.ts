import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startRotatingServer } from '../helpers/processes/rotatingServer';
import { Traffic } from '../helpers/processes/traffic';
import { temporaryFolder } from '../helpers/temporaryFolder';

suite('windows on two machines that share the secrets and no disk', () => {
  test('half a minute of requests: no session lost, no request without a token, one refresh for each end [#refreshOnce]', async () => {
    await using server = await startRotatingServer(4);
    await using here = await temporaryFolder('locks');
    await using there = await temporaryFolder('locks');
    await using traffic = await Traffic.start(server, [
      ...Array.from({ length: 3 }, () => ({ locks: here.path })),
      ...Array.from({ length: 3 }, () => ({ locks: there.path, extensionHost: 'remote' as const })),
    ]);
    await delay(30_000);
    await traffic.assertNothingLost();
    assert.ok(server.refreshes() >= 5, 'there was something to refresh');
  });
});

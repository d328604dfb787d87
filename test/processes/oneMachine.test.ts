import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startRotatingServer } from '../helpers/processes/rotatingServer';
import { Traffic } from '../helpers/processes/traffic';
import { temporaryFolder } from '../helpers/temporaryFolder';

const second = 1_000;

suite('eight windows, one session, tokens that live for two seconds', () => {
  test('a minute of requests: no session lost, no request without a token, one refresh for each end [F1 #refreshOnce]', async () => {
    await using server = await startRotatingServer(2);
    await using locks = await temporaryFolder('locks');
    await using traffic = await Traffic.start(
      server,
      Array.from({ length: 8 }, () => ({ locks: locks.path })),
    );
    // Some tokens end before their time, so that all windows are refused at once.
    const killing = setInterval(() => server.killNewest(), 7 * second);
    await delay(60 * second);
    clearInterval(killing);
    const reports = await traffic.assertNothingLost();
    assert.ok(server.refreshes() >= 20, 'there was something to refresh');
    for (const { sent } of reports) assert.ok(sent > 50, 'every window has sent');
    assert.ok(
      reports.some(({ renewed }) => renewed > 0),
      'some were refused first',
    );
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventually } from '../helpers/eventually';
import { startRotatingServer } from '../helpers/processes/rotatingServer';
import { Traffic } from '../helpers/processes/traffic';
import type { WindowSetup } from '../helpers/processes/windowMessages';
import { temporaryFolder } from '../helpers/temporaryFolder';

/** Long enough for many ends of a token. */
const patience = 40_000;

/** The runs with all protection prove something only if they would fail without it. */
suite('what the protection is for: without a part of it the session is lost', () => {
  async function assertLost(setups: readonly Partial<WindowSetup>[]): Promise<void> {
    await using server = await startRotatingServer(2);
    await using traffic = await Traffic.start(server, setups);
    await eventually(() => assert.ok(server.refusals.length > 0), patience);
    await eventually(async () => {
      assert.ok((await traffic.sessions()).every(({ state }) => state === 'signInAgain'));
    }, patience);
    const reports = await traffic.stop();
    assert.ok(reports.some(({ failures }) => failures.some(({ end }) => end === 'oauth.signInAgain')));
  }

  test('without a lock', async () => {
    await assertLost(Array.from({ length: 4 }, () => ({})));
  });

  test('with the lock, without its fence: what the store shows is old', async () => {
    await using locks = await temporaryFolder('locks');
    await assertLost(Array.from({ length: 4 }, () => ({ locks: locks.path, fence: false })));
  });

  test('on two machines, without a lease', async () => {
    await using here = await temporaryFolder('locks');
    await using there = await temporaryFolder('locks');
    // Both take themselves for the machine that keeps the secrets.
    await assertLost([here, there].flatMap(({ path }) => [{ locks: path }, { locks: path }]));
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Session } from '../../../src/core/oauth/model';
import type { Clock, Lock } from '../../../src/core/ports';
import { FileLock } from '../../../src/node/fileLock';
import { nodeClock } from '../../../src/node/nodeClock';
import { deferred } from '../../helpers/deferred';
import { eventually } from '../../helpers/eventually';
import { SharedSecrets } from '../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../helpers/oauth/memoryLog';
import type { QuirkServer } from '../../helpers/oauth/quirkServer';
import { answersWithCode, plain, quirkyServer, refreshes } from '../../helpers/oauth/quirkySignIn';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { fresh, signIn } from '../../helpers/oauth/signedIn';
import { desktop, TestWindow } from '../../helpers/oauth/testWindow';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder';

const minutes = 60_000;
/** Milliseconds; how late one window sees what another wrote. */
const staleness = 250;

/** Each refresh token works once; the answer to a replay ends everything, as with servers that detect reuse. */
function strictServer(): Promise<QuirkServer> {
  let valid = 'r1';
  let count = 1;
  return quirkyServer(({ form }) => {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    if (isRefresh && form.get('refresh_token') !== valid) {
      valid = 'none';
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    if (isRefresh) valid = `r${++count}`;
    return { body: { access_token: `a${count}`, token_type: 'bearer', refresh_token: valid, expires_in: 600 } };
  });
}

function lockIn({ path }: TemporaryFolder): Lock {
  return new FileLock(path, new MemoryLog());
}

interface MachineOptions {
  /** Both windows are on one machine. */
  readonly oneDisk?: boolean;
  /** Milliseconds until one hears of what the other has stored. */
  readonly delay?: number;
}

/** One window where the user sits and one whose extensions run elsewhere: the same secrets, no disk in common. */
class TwoMachines implements AsyncDisposable {
  readonly local: TestWindow;
  readonly remote: TestWindow;
  readonly shared = new SharedSecrets();
  readonly #folders: readonly TemporaryFolder[];

  static async start(clock: Clock, options: MachineOptions = {}): Promise<TwoMachines> {
    const here = await temporaryFolder('locks');
    return new TwoMachines(clock, here, options.oneDisk === true ? here : await temporaryFolder('locks'), options);
  }

  private constructor(
    clock: Clock,
    here: TemporaryFolder,
    there: TemporaryFolder,
    { delay = staleness }: MachineOptions,
  ) {
    this.#folders = [...new Set([here, there])];
    const window = (place: TemporaryFolder, extensionHost: 'local' | 'remote'): TestWindow =>
      new TestWindow({
        ...{ clock, browse: answersWithCode, environment: { ...desktop, extensionHost } },
        secrets: this.shared.window(nodeClock, delay),
        lock: lockIn(place),
      });
    this.local = window(here, 'local');
    this.remote = window(there, 'remote');
  }

  /** Signed in on the local machine, known to both. */
  async signIn(server: QuirkServer): Promise<Session> {
    assert.deepEqual(await this.remote.service.list(), []);
    const arrived = deferred();
    const subscription = this.remote.service.onDidChange(() => arrived.resolve());
    const session = await signIn(this.local, plain(server.origin));
    await arrived.promise;
    subscription.dispose();
    return session;
  }

  /** What says on the local machine's disk that it is that machine's. */
  async localPlace(): Promise<string | undefined> {
    const [here] = this.#folders;
    return here && lockIn(here).withLock('any', undefined, (fence) => Promise.resolve(fence?.place));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.local[Symbol.dispose]();
    this.remote[Symbol.dispose]();
    for (const folder of this.#folders) await folder[Symbol.asyncDispose]();
  }
}

const leaseKey = (id: string): string => `latchkey.lease.${id}`;

suite('signing out while another window, which hears of it late, refreshes', () => {
  for (const place of ['on the same machine', 'on another machine'] as const) {
    test(`${place}: the session stays gone everywhere, and all tokens are revoked`, async () => {
      await using server = await strictServer();
      const clock = new ShiftedClock();
      await using machines = await TwoMachines.start(clock, { oneDisk: place === 'on the same machine' });
      const { local, remote } = machines;
      const session = await machines.signIn(server);
      await fresh(remote, session.id);
      clock.forward(20 * minutes);
      const asked = deferred();
      const token = server.routes['/token'];
      server.routes['/token'] = (request) => {
        asked.resolve();
        return token?.(request) ?? {};
      };
      const refresh = fresh(remote, session.id);
      await asked.promise;
      // Before the other window can hear of it, its refresh is done and stored.
      await local.service.signOut(session.id);
      assert.equal(await refresh, 'a2');
      await eventually(() => {
        const revoked = server.to('/revoke').map(({ form }) => form.get('token'));
        assert.deepEqual(new Set(revoked), new Set(['a1', 'a2', 'r1', 'r2']));
        for (const view of [local.secrets, remote.secrets, machines.shared.window(nodeClock)]) {
          assert.ok(!view.values.has(`latchkey.session.${session.id}`));
        }
      });
      for (const each of [local, remote]) assert.deepEqual(await each.service.list(), []);
      await assert.rejects(fresh(remote, session.id), { code: 'oauth.sessionGone' });
    });
  }
});

suite('windows on one machine', () => {
  test('a window that is alone waits for no lease and leaves none', async () => {
    await using server = await strictServer();
    await using locks = await temporaryFolder('locks');
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode, lock: lockIn(locks) });
    const waits: number[] = [];
    const delay = clock.delay.bind(clock);
    clock.delay = (milliseconds, signal) => {
      waits.push(milliseconds);
      return delay(milliseconds, signal);
    };
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    waits.length = 0;
    assert.equal(await fresh(window, session.id), 'a2');
    assert.deepEqual([...window.secrets.values.keys()], [`latchkey.session.${session.id}`]);
    assert.deepEqual(
      waits.filter((wait) => wait < 30_000),
      [],
    );
  });
});

suite('two machines that share the secrets', () => {
  test('both ask at the same moment, again and again: one refresh, one token, no replay', async () => {
    await using server = await strictServer();
    const clock = new ShiftedClock();
    await using machines = await TwoMachines.start(clock);
    const { local, remote } = machines;
    const session = await machines.signIn(server);
    await fresh(remote, session.id);
    for (let round = 2; round < 5; round++) {
      await eventually(() => assert.deepEqual([...local.secrets.values], [...remote.secrets.values]));
      clock.forward(20 * minutes);
      const both = await Promise.all([fresh(local, session.id), fresh(remote, session.id)]);
      assert.deepEqual(both, [`a${round}`, `a${round}`]);
    }
    assert.deepEqual(refreshes(server), ['r1', 'r2', 'r3']);
  });

  test('what a killed process of this machine left does not stop its successor', async () => {
    await using server = await strictServer();
    const clock = new ShiftedClock({ shortWaitsPass: true });
    await using machines = await TwoMachines.start(clock, { delay: 0 });
    const session = await machines.signIn(server);
    const place = await machines.localPlace();
    await machines.local.secrets.set(leaseKey(session.id), JSON.stringify({ place, held: true }));
    clock.forward(20 * minutes);
    const began = clock.now();
    assert.equal(await fresh(machines.local, session.id), 'a2');
    assert.ok(clock.now() - began < 10_000);
  });

  test('what a killed process of the other machine left is taken over after a while', async () => {
    await using server = await strictServer();
    const clock = new ShiftedClock({ shortWaitsPass: true });
    await using machines = await TwoMachines.start(clock, { delay: 0 });
    const session = await machines.signIn(server);
    await machines.local.secrets.set(leaseKey(session.id), JSON.stringify({ place: 'gone', held: true }));
    clock.forward(20 * minutes);
    const began = clock.now();
    assert.equal(await fresh(machines.local, session.id), 'a2');
    assert.ok(clock.now() - began > 60_000);
  });

  test('a lease that cannot be read or written keeps nobody from refreshing', async () => {
    await using server = await strictServer();
    const clock = new ShiftedClock({ shortWaitsPass: true });
    await using machines = await TwoMachines.start(clock, { delay: 0 });
    const { remote } = machines;
    const session = await machines.signIn(server);
    for (const operation of ['get', 'set', 'delete'] as const) {
      const original = remote.secrets[operation].bind(remote.secrets) as (key: string, value: string) => Promise<never>;
      remote.secrets[operation] = (key: string, value?: string): Promise<never> =>
        key.startsWith('latchkey.lease.') ? Promise.reject(new Error('no')) : original(key, value ?? '');
    }
    clock.forward(20 * minutes);
    assert.equal(await fresh(remote, session.id), 'a2');
    await remote.service.signOut(session.id);
    assert.match(remote.log.text, /A lease cannot be kept: no/);
  });

  test('signing out leaves no lease behind', async () => {
    await using server = await strictServer();
    const clock = new ShiftedClock({ shortWaitsPass: true });
    await using machines = await TwoMachines.start(clock, { delay: 0 });
    const session = await machines.signIn(server);
    await fresh(machines.remote, session.id);
    assert.ok(machines.remote.secrets.values.has(leaseKey(session.id)));
    await machines.local.service.signOut(session.id);
    assert.deepEqual([...machines.local.secrets.values.keys()], []);
  });
});

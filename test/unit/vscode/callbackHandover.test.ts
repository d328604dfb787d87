import assert from 'node:assert/strict';
import test from 'node:test';
import type { LatchkeyError } from '../../../src/core/errors';
import { CallbackRouter } from '../../../src/core/oauth/callbackRouter';
import { relayState } from '../../../src/core/oauth/relayState';
import { CallbackUriHandler } from '../../../src/vscode/auth/callbackUriHandler';
import { CallbackHandover } from '../../../src/vscode/auth/handover';
import { ManualClock, settled } from '../../helpers/manualClock';
import { SharedSecrets, type FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../helpers/oauth/memoryLog';

const state = 'a-state-of-a-sign-in';
const uri = (of = state): object => ({ path: '/callback', query: `code=c0de&state=${of}` });

interface Window {
  readonly router: CallbackRouter;
  readonly secrets: FakeSecretStore;
  readonly told: LatchkeyError[];
  readonly log: MemoryLog;
  handle(of?: string): Promise<void>;
}

function window(shared: SharedSecrets, clock: ManualClock): Window {
  const secrets = shared.window(clock);
  const log = new MemoryLog();
  const router = new CallbackRouter();
  const told: LatchkeyError[] = [];
  const handover = new CallbackHandover(secrets, clock, log);
  const handler = new CallbackUriHandler({ router, handover, log, tell: (reason) => told.push(reason) });
  return { router, secrets, told, log, handle: (of) => handler.handle(uri(of) as never) };
}

test('a callback that arrives in another window reaches the sign-in, and nothing is left of it', async () => {
  const clock = new ManualClock();
  const shared = new SharedSecrets();
  const [used, waiting] = [window(shared, clock), window(shared, clock)];
  const received: string[] = [];
  waiting.router.register(state, (url) => received.push(url.href) > 0);
  await used.handle();
  assert.equal(received.length, 1);
  assert.deepEqual([...used.secrets.values, ...waiting.secrets.values], []);
  assert.deepEqual([...used.told, ...waiting.told], []);
  assert.equal(clock.pending, 0);
});

test('a callback of a sign-in that a reload ended is explained once nobody has taken it', async () => {
  const clock = new ManualClock();
  const shared = new SharedSecrets();
  const [used, other] = [window(shared, clock), window(shared, clock)];
  const handled = used.handle();
  await settled();
  assert.deepEqual(used.told, []);
  await clock.advance(10_000);
  await handled;
  assert.deepEqual(
    used.told.map(({ code }) => code),
    ['oauth.callbackStateUnknown'],
  );
  assert.deepEqual([...used.secrets.values, ...other.secrets.values], [], 'the code is not kept');
});

test('a repeated callback of a sign-in that has ended says nothing more, in whichever window it arrives', async () => {
  const clock = new ManualClock();
  const shared = new SharedSecrets();
  const [one, two] = [window(shared, clock), window(shared, clock)];
  one.router.register(state, () => true).dispose();
  await one.handle();
  await two.handle();
  assert.deepEqual([...one.told, ...two.told], []);
  assert.deepEqual([...one.secrets.values, ...two.secrets.values], []);
});

test('a secret storage that fails leaves no rejection behind, and the user is told', async () => {
  const clock = new ManualClock();
  const used = window(new SharedSecrets(), clock);
  used.secrets.failing.add('set').add('get').add('delete');
  await used.handle();
  assert.equal(used.told.length, 1);
  assert.doesNotMatch(used.log.text, /c0de/);
});

test('a callback that was used and cannot be removed is logged', async () => {
  const clock = new ManualClock();
  const shared = new SharedSecrets();
  const [used, waiting] = [window(shared, clock), window(shared, clock)];
  waiting.router.register(state, () => true);
  waiting.secrets.failing.add('delete');
  const handled = used.handle();
  await settled();
  await clock.advance(10_000);
  await handled;
  assert.match(waiting.log.text, /cannot be removed/);
  assert.deepEqual([...used.secrets.values], []);
});

test('an answer that a relay page brought to another window reaches the sign-in too', async () => {
  const clock = new ManualClock();
  const shared = new SharedSecrets();
  const [used, waiting] = [window(shared, clock), window(shared, clock)];
  const relayed = relayState('r'.repeat(43), 'vscode-insiders');
  waiting.router.register(relayed, () => true);
  await used.handle(relayed);
  assert.deepEqual([...used.told, ...used.secrets.values, ...waiting.secrets.values], []);
});

test('what cannot be a state of ours is not put into the store', async () => {
  for (const other of ['', 'short', 'x'.repeat(161), 'a state with spaces', '../../etc', 'x'.repeat(20) + '%2F']) {
    const used = window(new SharedSecrets(), new ManualClock());
    await used.handle(other);
    assert.deepEqual(used.secrets.written, [], other);
    assert.equal(used.told.length, 1);
  }
});

test('browser tabs share nothing: after a while the tab that got the answer says so', async () => {
  const clock = new ManualClock();
  const [used, waiting] = [window(new SharedSecrets(), clock), window(new SharedSecrets(), clock)];
  let received = 0;
  waiting.router.register(state, () => ++received > 0);
  const handled = used.handle();
  await settled();
  await clock.advance(10_000);
  await handled;
  assert.deepEqual([received, used.told.length, used.secrets.values.size], [0, 1, 0]);
});

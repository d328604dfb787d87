import assert from 'node:assert/strict';
import test from 'node:test';
import type { HistoryFiles } from '../../../../src/core/history/historyFiles';
import { HistoryLog, type EndedSend, type HistoryLimits } from '../../../../src/core/history/historyLog';
import { nodeRandom } from '../../../../src/node/nodeRandom';
import { MemoryLog } from '../../../helpers/oauth/memoryLog';

class MemoryFiles implements HistoryFiles {
  readonly files = new Map<string, Uint8Array>();
  isFull = false;

  list = (): Promise<readonly string[]> => Promise.resolve([...this.files.keys()]);
  size = async (name: string): Promise<number> => (await this.read(name)).length;
  read = (name: string, most?: number): Promise<Uint8Array> => {
    const bytes = this.files.get(name);
    return bytes ? Promise.resolve(bytes.slice(0, most)) : Promise.reject(new Error('gone'));
  };
  write = (name: string, bytes: Uint8Array): Promise<void> => {
    if (this.isFull) return Promise.reject(new Error('ENOSPC'));
    this.files.set(name, bytes);
    return Promise.resolve();
  };
  delete = (name: string): Promise<void> => {
    this.files.delete(name);
    return Promise.resolve();
  };
}

interface Timer {
  readonly milliseconds: number;
  readonly task: () => void;
}

interface Scene {
  readonly log: HistoryLog;
  readonly notes: MemoryLog;
  /** Timers that have not been taken back. */
  readonly timers: Set<Timer>;
  readonly at: { now: number };
}

function scene(files: MemoryFiles, limits: HistoryLimits = { entries: 100, bytes: 1e9 }): Scene {
  const timers = new Set<Timer>();
  const notes = new MemoryLog();
  const at = { now: 1_000_000 };
  const log = new HistoryLog({
    ...{ files, log: notes },
    random: nodeRandom,
    clock: { now: () => at.now },
    limits: () => limits,
    later: (milliseconds, task) => {
      const timer = { milliseconds, task };
      timers.add(timer);
      return { dispose: () => timers.delete(timer) };
    },
    pause: () => Promise.resolve(),
  });
  return { log, notes, timers, at };
}

function send(at: number, change: Partial<EndedSend['entry']> = {}, body?: string): EndedSend {
  return {
    entry: {
      ...{ at, file: 'file:///w/a.http.yaml', request: 'listOrders', environment: 'local' },
      ...{ method: 'GET', url: 'http://a.example/orders', duration: 12, size: 3 },
      outcome: { kind: 'response', status: 200, statusText: 'OK', ok: true },
      ...change,
    },
    detail: { kind: 'response', at },
    body: Promise.resolve(body === undefined ? undefined : { text: body, isWhole: true }),
  };
}

test('sends are listed from the newest, also by a window that opens later', async () => {
  const files = new MemoryFiles();
  const { log } = scene(files);
  log.add(send(3, { request: 'third' }));
  log.add(send(1, { request: 'first' }));
  log.add(send(2, { request: 'second' }));
  const names = async (of: HistoryLog): Promise<readonly string[]> => (await of.list()).map(({ request }) => request);
  assert.deepEqual(await names(log), ['third', 'second', 'first']);
  assert.deepEqual(await names(scene(files).log), ['third', 'second', 'first']);
});

test('a record is read with all that was kept', async () => {
  const { log } = scene(new MemoryFiles());
  const id = log.add(send(1, {}, '{"a":1}'));
  const record = await log.read(id);
  assert.equal(record?.entry.id, id);
  assert.deepEqual(record.detail, { kind: 'response', at: 1 });
  assert.deepEqual(record.body, { text: '{"a":1}', isWhole: true });
  assert.equal(await log.read('0-none'), undefined);
});

test('nothing is written before the sends are over, and nothing waits for longer than three seconds', async () => {
  const files = new MemoryFiles();
  const { log, timers, at } = scene(files);
  for (let index = 0; index < 7; index++) {
    log.add(send(index));
    at.now += 390;
    assert.equal(timers.size, 1);
    assert.equal([...timers][0]?.milliseconds, 400);
  }
  at.now += 390;
  log.add(send(9));
  assert.equal(files.files.size, 0);
  assert.equal([...timers][0]?.milliseconds, 0);
  [...timers][0]?.task();
  await log.flush();
  assert.equal(files.files.size, 8);
});

test('the oldest go when there are too many, or too many bytes', async () => {
  const files = new MemoryFiles();
  const few = scene(files, { entries: 3, bytes: 1e9 }).log;
  for (let at = 0; at < 10; at++) few.add(send(at));
  assert.deepEqual(
    (await few.list()).map(({ at }) => at),
    [9, 8, 7],
  );
  assert.equal(files.files.size, 3);
  const small = scene(files, { entries: 100, bytes: 25_000 }).log;
  for (let at = 10; at < 20; at++) small.add(send(at, {}, 'x'.repeat(10_000)));
  assert.deepEqual(
    (await small.list()).map(({ at }) => at),
    [19, 18],
  );
  const tiny = scene(files, { entries: 100, bytes: 1 }).log;
  tiny.add(send(30));
  assert.deepEqual(
    (await tiny.list()).map(({ at }) => at),
    [30],
  );
});

test('broken files are passed over, logged once, and go when room is made', async () => {
  const files = new MemoryFiles();
  const { log, notes } = scene(files);
  log.add(send(1));
  await log.flush();
  files.files.set('000000000-broken.history', new TextEncoder().encode('{"latchkey":1,'));
  assert.deepEqual(
    (await log.list()).map(({ at }) => at),
    [1],
  );
  await log.list();
  assert.equal(notes.lines.filter((line) => line.includes('000000000-broken')).length, 1);
  log.add(send(2));
  await log.flush();
  assert.equal(files.files.has('000000000-broken.history'), false);
});

test('clearing deletes every file, and what waits is not written', async () => {
  const files = new MemoryFiles();
  const { log } = scene(files);
  log.add(send(1));
  await log.flush();
  files.files.set('left-over', new Uint8Array());
  log.add(send(2));
  await log.clear();
  await log.flush();
  assert.equal(files.files.size, 0);
  assert.deepEqual(await log.list(), []);
});

test('an entry can be deleted alone', async () => {
  const { log } = scene(new MemoryFiles());
  const first = log.add(send(1));
  log.add(send(2));
  await log.delete(first);
  assert.deepEqual(
    (await log.list()).map(({ at }) => at),
    [2],
  );
});

test('what cannot be written is lost with a word in the log, and the next one is written again', async () => {
  const files = new MemoryFiles();
  const { log, notes } = scene(files);
  files.isFull = true;
  log.add(send(1));
  await log.flush();
  files.isFull = false;
  log.add({ ...send(2), body: Promise.reject(new Error('The body has been disposed')) });
  assert.deepEqual(
    (await log.list()).map(({ at }) => at),
    [2],
  );
  assert.ok(notes.lines.some((line) => line.includes('could not be written')));
});

test('listeners hear of what is written, deleted and cleared', async () => {
  const { log } = scene(new MemoryFiles());
  let changes = 0;
  log.onDidChange(() => changes++);
  const id = log.add(send(1));
  await log.flush();
  assert.equal(changes, 1);
  await log.delete(id);
  assert.equal(changes, 2);
  await log.clear();
  assert.equal(changes, 3);
});

test('credentials that a server gave out are not written, wherever they are', async () => {
  const files = new MemoryFiles();
  const { log } = scene(files);
  log.add({
    ...send(1, { url: 'http://a.example/?api_key=canary-key-1' }, '{"access_token":"canary-token-2"}'),
    detail: {
      headers: [{ name: 'Set-Cookie', value: 'sid=canary-cookie-3' }],
      sent: { body: 'password=canary-word-4' },
    },
  });
  await log.flush();
  const [bytes] = [...files.files.values()];
  assert.ok(bytes);
  assert.doesNotMatch(new TextDecoder().decode(bytes), /canary/);
});

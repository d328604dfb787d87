import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { FileLock } from '../../../src/node/fileLock';
import { MemoryLog } from '../../helpers/oauth/memoryLog';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const hour = 3_600_000;
const quick = { renewEvery: 50, staleAfter: 200, namelessAfter: 200 };

/** Reads, waits for others to get in between, adds one. Wrong without mutual exclusion. */
async function increment(file: string): Promise<void> {
  const value = Number(await readFile(file, 'utf8'));
  await new Promise((resolve) => setImmediate(resolve));
  await writeFile(file, String(value + 1));
}

if (process.argv[2] === 'increment') {
  const [, , , folder = '', times = '0'] = process.argv;
  const lock = new FileLock(folder, new MemoryLog());
  void (async () => {
    for (let time = 0; time < Number(times); time++) {
      await lock.withLock('counter', undefined, () => increment(join(folder, 'counter')));
    }
    process.disconnect();
  })();
} else {
  suite('the lock across processes', () => {
    test('processes exclude each other', async () => {
      await using folder = await temporaryFolder('lock');
      await writeFile(join(folder.path, 'counter'), '0');
      const children = Array.from({ length: 6 }, () =>
        fork(__filename, ['increment', folder.path, '20'], { execArgv: [] }),
      );
      const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown));
      assert.deepEqual(codes, [0, 0, 0, 0, 0, 0]);
      assert.equal(await readFile(join(folder.path, 'counter'), 'utf8'), '120');
      assert.deepEqual(await readdir(folder.path), ['counter', 'place']);
    });

    test('two locks of one process exclude each other; other names do not wait', async () => {
      await using folder = await temporaryFolder('lock');
      await writeFile(join(folder.path, 'counter'), '0');
      const [one, two] = [1, 2].map(() => new FileLock(folder.path, new MemoryLog()));
      assert.ok(one && two);
      const tasks = Array.from({ length: 30 }, (_, index) =>
        (index % 2 > 0 ? one : two).withLock('n', undefined, () => increment(join(folder.path, 'counter'))),
      );
      await Promise.all(tasks);
      assert.equal(await readFile(join(folder.path, 'counter'), 'utf8'), '30');
      await one.withLock('a', undefined, () => two.withLock('b', undefined, () => Promise.resolve()));
    });

    test('what a dead process left is taken over at once', async () => {
      await using folder = await temporaryFolder('lock');
      const child = fork(__filename, ['increment', folder.path, '0'], { execArgv: [] });
      await once(child, 'exit');
      const left = { pid: child.pid, host: hostname(), token: 'dead' };
      await writeFile(join(folder.path, 'n.lock'), JSON.stringify(left));
      const lock = new FileLock(folder.path, new MemoryLog());
      assert.equal(await lock.withLock('n', undefined, () => Promise.resolve('mine')), 'mine');
    });

    test('a holder that does not renew is taken over; it does not remove the lock of its successor', async () => {
      await using folder = await temporaryFolder('lock');
      const file = join(folder.path, 'n.lock');
      const elsewhere = { pid: 1, host: 'another-machine', token: 'hung' };
      await writeFile(file, JSON.stringify(elsewhere));
      const lock = new FileLock(folder.path, new MemoryLog(), quick);
      await lock.withLock('n', undefined, async () => {
        assert.notEqual((JSON.parse(await readFile(file, 'utf8')) as { token: string }).token, 'hung');
      });
      await lock.withLock('n', undefined, async () => {
        await writeFile(file, JSON.stringify(elsewhere));
      });
      assert.match(await readFile(file, 'utf8'), /hung/, 'not ours any more');
    });

    for (const [when, at] of [
      ['long ago, as after a sleep of the machine', Date.now() - 8 * hour],
      ['in the future, as after setting the clock back', Date.now() + 8 * hour],
    ] as const) {
      test(`a holder that goes on is not taken over, even if its file was written ${when}`, async () => {
        await using folder = await temporaryFolder('lock');
        const file = join(folder.path, 'n.lock');
        await writeFile(file, JSON.stringify({ pid: 1, host: 'another-machine', token: 'alive' }));
        const lock = new FileLock(folder.path, new MemoryLog(), { ...quick, staleAfter: 500 });
        const user = new AbortController();
        const waiting = lock.withLock('n', user.signal, () => Promise.resolve('mine'));
        for (let renewal = 0; renewal < 20; renewal++) {
          const time = new Date(at + renewal);
          await utimes(file, time, time);
          await delay(50);
        }
        user.abort();
        await assert.rejects(waiting, { name: 'AbortError' });
        assert.match(await readFile(file, 'utf8'), /alive/);
      });

      test(`a holder that is gone is taken over, even if its file was written ${when}`, async () => {
        await using folder = await temporaryFolder('lock');
        const file = join(folder.path, 'n.lock');
        await writeFile(file, JSON.stringify({ pid: 1, host: 'another-machine', token: 'gone' }));
        await utimes(file, new Date(at), new Date(at));
        const lock = new FileLock(folder.path, new MemoryLog(), quick);
        assert.equal(await lock.withLock('n', undefined, () => Promise.resolve('mine')), 'mine');
      });
    }

    test('a file whose maker was killed before it wrote its name is taken over', async () => {
      await using folder = await temporaryFolder('lock');
      await writeFile(join(folder.path, 'n.lock'), '');
      const lock = new FileLock(folder.path, new MemoryLog(), { ...quick, staleAfter: hour });
      assert.equal(await lock.withLock('n', undefined, () => Promise.resolve('mine')), 'mine');
    });

    test('a live holder is waited for, and waiting can be cancelled', async () => {
      await using folder = await temporaryFolder('lock');
      const held = { pid: process.pid, host: hostname(), token: 'other' };
      await writeFile(join(folder.path, 'n.lock'), JSON.stringify(held));
      const lock = new FileLock(folder.path, new MemoryLog());
      const user = new AbortController();
      let ran = 0;
      const first = lock.withLock('n', user.signal, () => Promise.resolve(++ran));
      const queued = lock.withLock('n', user.signal, () => Promise.resolve(++ran));
      user.abort();
      await assert.rejects(first, { name: 'AbortError' });
      await assert.rejects(queued, { name: 'AbortError' });
      assert.equal(ran, 0);
    });

    test('a task that fails frees the lock', async () => {
      await using folder = await temporaryFolder('lock');
      const lock = new FileLock(folder.path, new MemoryLog());
      await assert.rejects(
        lock.withLock('n', undefined, () => Promise.reject(new Error('no'))),
        /no/,
      );
      assert.deepEqual(await readdir(folder.path), ['place']);
      assert.equal(await lock.withLock('n', undefined, () => Promise.resolve(1)), 1);
    });

    test('the fence passes a number on to the next holder, and forgets it at 0', async () => {
      await using folder = await temporaryFolder('lock');
      const [one, two] = [1, 2].map(() => new FileLock(folder.path, new MemoryLog()));
      assert.ok(one && two);
      assert.equal(await one.withLock('n', undefined, async (fence) => fence?.read()), 0);
      await one.withLock('n', undefined, async (fence) => fence?.write(7));
      assert.equal(await two.withLock('n', undefined, async (fence) => fence?.read()), 7);
      assert.equal(await two.withLock('m', undefined, async (fence) => fence?.read()), 0);
      await two.withLock('n', undefined, async (fence) => fence?.write(0));
      assert.deepEqual(await readdir(folder.path), ['place']);
    });

    test('all locks in one folder name the same place, those of another folder another', async () => {
      await using folder = await temporaryFolder('lock');
      await using other = await temporaryFolder('lock');
      const places = await Promise.all(
        [folder.path, folder.path, other.path].map((path) =>
          new FileLock(path, new MemoryLog()).withLock('n', undefined, (fence) => Promise.resolve(fence?.place)),
        ),
      );
      assert.ok(places[0]);
      assert.equal(places[0], places[1]);
      assert.notEqual(places[0], places[2]);
    });

    test('where no file can be made the task still runs, in turn, and the log says so', async () => {
      await using folder = await temporaryFolder('lock');
      await writeFile(join(folder.path, 'file'), '');
      const log = new MemoryLog();
      const lock = new FileLock(join(folder.path, 'file', 'locks'), log);
      let inside = 0;
      const task = async (): Promise<void> => {
        assert.equal(++inside, 1);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      };
      await Promise.all([lock.withLock('n', undefined, task), lock.withLock('n', undefined, task)]);
      assert.equal(log.lines.length, 2);
    });
  });
}

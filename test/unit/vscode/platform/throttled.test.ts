import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import { Throttled } from '../../../../src/vscode/platform/throttled';

/** Asks every millisecond for a while, and tells at which of them something was done. */
function busyFor(milliseconds: number, throttled: (act: () => void) => Throttled<void>, t: TestContext): number[] {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const done: number[] = [];
  let now = 0;
  const subject = throttled(() => done.push(now));
  for (; now < milliseconds; now++) {
    subject.next();
    mock.timers.tick(1);
  }
  return done;
}

void test('is done at once, and then with pauses', (t) => {
  assert.deepEqual(
    busyFor(40, (act) => new Throttled(10, act), t),
    [0, 9, 19, 29, 39],
  );
});

void test('pauses double while it is kept busy, up to the longest', (t) => {
  assert.deepEqual(
    busyFor(150, (act) => new Throttled(10, act, 40), t),
    [0, 9, 29, 69, 109, 149],
  );
});

void test('after a rest the first is done at once again, and the pause is the shortest', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const done: string[] = [];
  const subject = new Throttled<string>(10, (value) => done.push(value), 40);
  for (const value of ['a', 'b', 'c']) subject.next(value);
  mock.timers.tick(10);
  assert.deepEqual(done, ['a', 'c']);
  mock.timers.tick(20);
  for (const value of ['d', 'e']) subject.next(value);
  assert.deepEqual(done, ['a', 'c', 'd']);
  mock.timers.tick(10);
  assert.deepEqual(done, ['a', 'c', 'd', 'e']);
});

void test('one value in a pause brings the shortest back', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const done: string[] = [];
  const subject = new Throttled<string>(10, (value) => done.push(value), 40);
  for (const value of ['a', 'b', 'c']) subject.next(value);
  mock.timers.tick(10);
  subject.next('d');
  mock.timers.tick(20);
  assert.deepEqual(done, ['a', 'c', 'd']);
  subject.next('e');
  mock.timers.tick(10);
  assert.deepEqual(done, ['a', 'c', 'd', 'e']);
});

void test('after stop nothing more is done', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const done: string[] = [];
  const subject = new Throttled<string>(10, (value) => done.push(value));
  subject.next('a');
  subject.next('b');
  subject.stop();
  mock.timers.tick(100);
  assert.deepEqual(done, ['a']);
});

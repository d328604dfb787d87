import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { WorkerAnswer } from '../../../../src/node/body/messages';
import { WorkerBodies } from '../../../../src/node/body/workerBodies';
import { temporaryFolder } from '../../../helpers/temporaryFolder';

const layout = { form: 'raw', width: 100 } as const;
const size = 8_000_000;

interface Opened {
  readonly bodies: WorkerBodies;
  /** Rows that were reported. */
  readonly rows: () => number;
  readonly told: WorkerAnswer[];
  readonly clock: { now: number };
}

/** A thread with one body that is in a file as a whole, and time that passes as it is looked at. */
async function openedBody(t: TestContext): Promise<Opened> {
  const folder = await temporaryFolder('body');
  t.after(() => folder[Symbol.asyncDispose]());
  const file = path.join(folder.path, 'body');
  const line = `${'x'.repeat(99)}\n`;
  writeFileSync(file, `${line.repeat(size / 100 - 1)}${'x'.repeat(96)}\nend`);
  t.mock.timers.enable({ apis: ['setTimeout', 'setImmediate'] });
  const clock = { now: 1000 };
  const told: WorkerAnswer[] = [];
  const bodies = new WorkerBodies(
    (answer) => told.push(answer),
    () => ++clock.now,
  );
  bodies.receive({ type: 'open', body: 1, path: file, language: undefined, charset: 'utf-8', forms: [] });
  bodies.receive({ type: 'layOut', body: 1, layout });
  const rows = (): number =>
    Math.max(0, ...told.map((answer) => (answer.type === 'progress' ? answer.progress.rowCount : 0)));
  return { bodies, rows, told, clock };
}

void test('what pours in is looked through for a moment, and then rests until it is there', async (t) => {
  const { bodies, rows } = await openedBody(t);
  bodies.receive({ type: 'grow', body: 1, size: size - 1, ended: false });
  t.mock.timers.tick(1);
  const first = rows();
  assert.ok(first > 0 && first < size / 200, `${first} rows at first`);
  t.mock.timers.tick(200);
  assert.equal(rows(), first);
  bodies.receive({ type: 'grow', body: 1, size, ended: true });
  for (let turn = 0; turn < 100; turn++) t.mock.timers.tick(1);
  assert.equal(rows(), size / 100 + 1);
});

void test('whoever asks for rows of what pours in is answered at once', async (t) => {
  const { bodies, told } = await openedBody(t);
  bodies.receive({ type: 'grow', body: 1, size: size - 1, ended: false });
  t.mock.timers.tick(1);
  bodies.receive({ type: 'rows', id: 7, body: 1, layout, from: 0, to: 2 });
  const answer = told.at(-1);
  assert.deepEqual(answer?.type === 'rows' && answer.rows.map(({ line }) => line), [1, 2]);
});

void test('a search goes on with what is still to come', async (t) => {
  const { bodies, told } = await openedBody(t);
  const found = (): readonly unknown[] => told.filter(({ type }) => type === 'found');
  const turns = (): void => {
    for (let turn = 0; turn < 100; turn++) t.mock.timers.tick(1);
  };
  bodies.receive({ type: 'find', id: 8, body: 1, layout, text: 'end', limit: 10 });
  bodies.receive({ type: 'grow', body: 1, size: 4_000_000, ended: false });
  turns();
  assert.deepEqual(found(), []);
  bodies.receive({ type: 'grow', body: 1, size, ended: true });
  turns();
  const match = { row: size / 100, start: 0, end: 3 };
  assert.deepEqual(found(), [{ type: 'found', id: 8, matches: [match], more: false, looksOn: false }]);
});

void test('what comes in slowly is looked through as it comes', async (t) => {
  const { bodies, rows, clock } = await openedBody(t);
  clock.now += 1000;
  bodies.receive({ type: 'grow', body: 1, size: size - 1, ended: false });
  t.mock.timers.tick(1);
  const first = rows();
  clock.now += 50;
  t.mock.timers.tick(30);
  assert.ok(rows() > first, `${rows()} rows after ${first}`);
});

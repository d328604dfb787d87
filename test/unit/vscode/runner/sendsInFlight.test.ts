import assert from 'node:assert/strict';
import test from 'node:test';
import { StreamLog } from '../../../../src/core/stream/streamLog';
import { SendsInFlight } from '../../../../src/vscode/runner/sendsInFlight';

function streamLog(): { log: StreamLog; stops: () => number } {
  let stops = 0;
  const log = new StreamLog('events', { now: () => 0 }, { stop: () => stops++ });
  return { log, stops: () => stops };
}

void test('a newer send of the same request takes the place of the one before; others go on', () => {
  const sends = new SendsInFlight();
  const first = sends.begin('a');
  const other = sends.begin('b');
  const second = sends.begin('a');
  assert.deepEqual(
    [first, second, other].map(({ signal }) => signal.aborted),
    [true, false, false],
  );
  assert.deepEqual([sends.isCurrent('a', first), sends.isCurrent('a', second)], [false, true]);
});

void test('one send is cancelled, and no other', () => {
  const sends = new SendsInFlight();
  const a = sends.begin('a');
  const b = sends.begin('b');
  sends.cancel('a');
  sends.cancel('c');
  assert.deepEqual([a.signal.aborted, b.signal.aborted], [true, false]);
  sends.cancelAll();
  assert.equal(b.signal.aborted, true);
});

void test('a stream is ended first, and given up when it is cancelled once more', () => {
  const sends = new SendsInFlight();
  const controller = sends.begin('a');
  const { log, stops } = streamLog();
  sends.streams('a', controller, log);
  sends.cancel('a');
  assert.deepEqual([stops(), controller.signal.aborted], [1, false]);
  sends.cancel('a');
  assert.deepEqual([stops(), controller.signal.aborted], [1, true]);
});

void test('only streams end when nobody sees them any more', () => {
  const sends = new SendsInFlight();
  const plain = sends.begin('a');
  const streaming = sends.begin('b');
  const { log, stops } = streamLog();
  sends.streams('b', streaming, log);
  sends.stopStreams();
  assert.deepEqual([stops(), streaming.signal.aborted, plain.signal.aborted], [1, false, false]);
});

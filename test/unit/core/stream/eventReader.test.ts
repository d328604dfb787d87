import assert from 'node:assert/strict';
import test from 'node:test';
import { eventReader } from '../../../../src/core/stream/eventReader';
import { LONGEST_LINE } from '../../../../src/core/stream/lineCutter';
import { StopWatch } from '../../../../src/core/stream/stopRule';
import type { ReadEvent } from '../../../../src/core/stream/streamEvent';
import { streamKindOf } from '../../../../src/core/stream/streamKind';
import { MOST_EVENTS, StreamLog } from '../../../../src/core/stream/streamLog';
import { streamValues } from '../../../../src/core/stream/streamValues';
import { fc } from '../../../helpers/properties';

function read(kind: 'events' | 'lines', ...chunks: readonly (string | Uint8Array)[]): readonly ReadEvent[] {
  const events: ReadEvent[] = [];
  const reader = eventReader(kind, (event) => {
    events.push(event);
    return false;
  });
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  reader.end();
  return events;
}

function shown(events: readonly ReadEvent[]): readonly string[] {
  return events.map(({ type, id, data }) => [type ?? '', id ?? '', data].join('|'));
}

test('server-sent events, with every end of a line and half of an event at the end', () => {
  const text =
    ': hello\r\nevent: tick\nid: 7\ndata: one\ndata: two\n\ndata:three\r\rdata: {"a":1}\r\n\r\nretry: 5\n\ndata: half';
  assert.deepEqual(shown(read('events', text)), ['tick|7|one\ntwo', '||three', '||{"a":1}']);
});

test('lines of JSON, with empty ones, marks of RFC 7464 and no end at the last', () => {
  assert.deepEqual(shown(read('lines', '{"a":1}\r\n\n\u001e{"a":2}\n', '{"a"', ':3}')), [
    '||{"a":1}',
    '||{"a":2}',
    '||{"a":3}',
  ]);
});

test('wherever a stream is cut into pieces, the events are the same', () => {
  const text = 'event: ä\ndata: größe 🎈\r\n\r\ndata: x\rdata: y\r\r:c\n\nid: 1\ndata: last\n\n';
  const bytes = new TextEncoder().encode(text);
  const whole = shown(read('events', bytes));
  assert.equal(whole.length, 3);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const ends = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = ends.slice(1).map((end, index) => bytes.subarray(ends[index], end));
      assert.deepEqual(shown(read('events', ...chunks)), whole);
    }),
  );
});

test('any bytes are read without an error', () => {
  fc.assert(
    fc.property(fc.constantFrom('events' as const, 'lines' as const), fc.array(fc.uint8Array()), (kind, chunks) => {
      read(kind, ...chunks);
    }),
  );
});

test('a megabyte of data is one event, and what is longer is cut, whatever it is', () => {
  const [event] = read('events', `data: ${'x'.repeat(1_000_000)}\n\n`);
  assert.equal(event?.data.length, 1_000_000);
  assert.equal(event.isCut, false);
  const [line] = read('lines', 'y'.repeat(3 * LONGEST_LINE), '\n');
  assert.equal(line?.data.length, LONGEST_LINE);
  assert.equal(line.size, 3 * LONGEST_LINE);
  assert.equal(line.isCut, true);
  const [many, next] = read(
    'events',
    ...Array.from({ length: 90 }, () => `data: ${'z'.repeat(100_000)}\n`),
    '\n',
    'data: next\n\n',
  );
  assert.ok(many && many.data.length < 5_000_000);
  assert.equal(many.isCut, true);
  assert.deepEqual(next && [next.data, next.isCut], ['next', false]);
});

test('reading stops right behind the event that is the last', () => {
  const reader = eventReader('events', () => true);
  const bytes = new TextEncoder().encode('data: 1\n\ndata: 2\n\n');
  assert.equal(reader.push(bytes), 9);
});

test('a rule counts events and looks for a match', () => {
  const event = (data: string): ReadEvent => ({ type: undefined, id: undefined, data, size: data.length });
  const watch = new StopWatch({ events: 3, matches: '"done":\\s*true' });
  assert.deepEqual(
    [watch.sees(event('a')), watch.sees(event('b')), watch.sees(event('c'))],
    [undefined, undefined, 'events'],
  );
  assert.equal(new StopWatch({ matches: '"done":\\s*true' }).sees(event('{"done": true}')), 'matches');
});

test('the log keeps the latest, and says how many are gone', () => {
  const log = new StreamLog('lines', { now: () => 0 }, { stop: () => undefined });
  for (let index = 0; index < 5 * MOST_EVENTS; index++)
    log.add({ type: undefined, id: undefined, data: String(index), size: 1 });
  assert.equal(log.count, 5 * MOST_EVENTS);
  assert.ok(log.from(0).length >= MOST_EVENTS && log.from(0).length < MOST_EVENTS + 200);
  assert.equal(log.from(0).length + log.dropped, log.count);
  assert.equal(log.at(log.dropped)?.data, String(log.dropped));
  assert.equal(log.at(0), undefined);
  const big = 'x'.repeat(6 * 1024 * 1024);
  for (let index = 0; index < 20; index++) log.add({ type: undefined, id: undefined, data: big, size: big.length });
  assert.ok(log.from(0).reduce((sum, { data }) => sum + data.length, 0) <= 16 * 1024 * 1024);
});

test('paths see a stream as a list', async () => {
  const pause = (): Promise<void> => Promise.resolve();
  const events = await streamValues('events', 'event: tick\nid: 1\ndata: {"n":1}\n\ndata: text\n\n', pause);
  assert.ok(events.ok && Array.isArray(events.value));
  assert.equal(events.value.length, 2);
  const lines = await streamValues('lines', '1\n{"a":2}\n', pause);
  assert.equal(lines.ok, true);
  assert.deepEqual(await streamValues('lines', '1\nnonsense\n', pause), {
    ok: false,
    problem: 'no valid JSON in line 2',
  });
});

test('a stream is told by its type', () => {
  const kind = (type: string): string | undefined => streamKindOf([['Content-Type', type]]);
  assert.deepEqual(
    [
      'text/event-stream; charset=utf-8',
      'application/x-ndjson',
      'application/json-seq',
      'application/json',
      'text/plain',
    ].map(kind),
    ['events', 'lines', 'lines', undefined, undefined],
  );
});

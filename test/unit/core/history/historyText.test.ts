import assert from 'node:assert/strict';
import test from 'node:test';
import type { HistoryEntry, HistoryRecord, KeptOutcome } from '../../../../src/core/history/historyEntry';
import { historyText, readHistoryEntry, readHistoryText } from '../../../../src/core/history/historyText';
import { fc } from '../../../helpers/properties';

const plain = { noNullPrototype: true };

const outcome = fc.oneof<fc.Arbitrary<KeptOutcome>[]>(
  fc.record(
    { kind: fc.constant('response' as const), status: fc.nat(999), statusText: fc.string(), ok: fc.boolean() },
    plain,
  ),
  fc.record({ kind: fc.constant('failure' as const), code: fc.string() }, plain),
  fc.constant({ kind: 'cancelled' as const }),
);

const entry: fc.Arbitrary<HistoryEntry> = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    at: fc.nat(),
    file: fc.webUrl(),
    request: fc.string({ unit: 'grapheme' }),
    environment: fc.option(fc.string(), { nil: undefined }),
    method: fc.string(),
    url: fc.string({ unit: 'binary' }),
    outcome,
    duration: fc.option(fc.nat(), { nil: undefined }),
    size: fc.option(fc.nat(), { nil: undefined }),
  },
  plain,
);

const record: fc.Arbitrary<HistoryRecord> = fc.record(
  {
    entry,
    detail: fc.jsonValue().map((value) => JSON.parse(JSON.stringify({ value })) as unknown),
    body: fc.option(fc.record({ text: fc.string({ unit: 'binary' }), isWhole: fc.boolean() }, plain), {
      nil: undefined,
    }),
  },
  plain,
);

test('property: what is written is read again', () => {
  fc.assert(
    fc.property(record, (written) => {
      const text = historyText(written);
      assert.deepEqual(readHistoryText(text), written);
      assert.deepEqual(readHistoryEntry(text), written.entry);
    }),
  );
});

test('property: a file that was not written to its end is no record', () => {
  fc.assert(
    fc.property(record, fc.double({ min: 0, max: 0.999, noNaN: true }), (written, share) => {
      const text = historyText(written);
      assert.equal(readHistoryText(text.slice(0, Math.floor(text.length * share))), undefined);
    }),
  );
});

test('property: whatever else the file holds, nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => `${JSON.stringify(value)}\n1\n`),
      ),
      (text) => {
        assert.equal(readHistoryText(text), undefined);
      },
    ),
  );
});

test('a long URL is cut in the first line, which a list reads of each file', () => {
  const long = `https://a.example/${'x'.repeat(10_000)}`;
  const [sample] = fc.sample(record, 1);
  assert.ok(sample);
  const read = readHistoryEntry(historyText({ ...sample, entry: { ...sample.entry, url: long } }));
  assert.equal(read?.url, `${long.slice(0, 2000)}…`);
});

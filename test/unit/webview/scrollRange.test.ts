import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scrollRange } from '../../../src/webview/scrollRange';
import { fc } from '../../helpers/properties';

const VIEWPORT = 600;
const ROW = 20;

void test('a position stands for its row and back, for any number of rows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 100_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (count, share) => {
        const range = scrollRange(count, ROW, VIEWPORT);
        const topRow = share * (count - VIEWPORT / ROW);
        assert.ok(Math.abs(range.topRow(range.scrollTop(topRow)) - topRow) < 1e-3);
        assert.ok(range.height < 30_000_000, 'browsers draw no taller elements');
      },
    ),
  );
});

void test('the ends of the scroll bar are the ends of the rows', () => {
  for (const count of [100, 10_000_000]) {
    const range = scrollRange(count, ROW, VIEWPORT);
    assert.equal(range.topRow(0), 0);
    assert.ok(Math.abs(range.topRow(range.height - VIEWPORT) - (count - VIEWPORT / ROW)) < 1e-6);
  }
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { expiryOf } from '../../../../src/vscode/explorer/expiry';
import { fc } from '../../../helpers/properties';

const minute = 60_000;

suite('expiryOf', () => {
  test('tells the time left in a unit that says enough', () => {
    const of = (left: number): string => {
      const { unit, count } = expiryOf(left, 0);
      return `${count} ${unit}`;
    };
    assert.equal(of(-1), '0 past');
    assert.equal(of(59_999), '0 soon');
    assert.equal(of(minute), '1 minutes');
    assert.equal(of(119 * minute), '119 minutes');
    assert.equal(of(150 * minute), '2 hours');
    assert.equal(of(47 * 60 * minute), '47 hours');
    assert.equal(of(50 * 60 * minute), '2 days');
  });

  test('is right until it says to look again, and not a moment longer than that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 24 * 60 * minute }), (left) => {
        const { unit, count, changesIn } = expiryOf(left, 0);
        assert.ok(changesIn !== undefined && changesIn > 0);
        const before = expiryOf(left, changesIn - 1);
        const after = expiryOf(left, changesIn);
        if (changesIn > 1) assert.deepEqual([before.unit, before.count], [unit, count]);
        assert.notDeepEqual([after.unit, after.count], [unit, count]);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GAP, PageLayout, zoomStep } from '../../../../src/webview/pdf/pageLayout';
import { fc } from '../../../helpers/properties';

const A4 = { width: 794, height: 1123 };

void test('every height in a document is a place, and every place the height that it came from', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) });
  const zoom = fc.oneof(fc.constant('fit' as const), fc.double({ min: 0.25, max: 4, noNaN: true }));
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 50 }), zoom, fc.nat(1_000_000), (sizes, wanted, seed) => {
      const layout = new PageLayout(sizes.length, A4);
      layout.layOut(wanted, 600);
      for (const [index, each] of sizes.entries()) layout.setSize(index, each);
      const y = seed % layout.height;
      const { top, height } = layout.box(layout.pageAt(y));
      const isOnPage = y > top && y < top + height * 0.99;
      if (isOnPage) assert.ok(Math.abs(layout.topOf(layout.placeAt(y)) - y) < 0.01);
      assert.ok(isOnPage || Math.abs(layout.topOf(layout.placeAt(y)) - y) <= GAP + height * 0.02);
    }),
  );
});

void test('a place is the same one when pages are laid out anew', () => {
  const layout = new PageLayout(10, A4);
  layout.layOut('fit', 600);
  const place = layout.placeAt(layout.box(4).top + layout.box(4).height / 2);
  assert.equal(place, 4.5);
  layout.setSize(1, { width: 1123, height: 794 });
  layout.layOut(2, 600);
  assert.equal(layout.topOf(place), layout.box(4).top + A4.height);
});

void test('the beginning stays the beginning', () => {
  const layout = new PageLayout(2, A4);
  layout.layOut(1, 600);
  assert.equal(layout.placeAt(0), 0);
  assert.equal(layout.topOf(layout.placeAt(GAP / 2)), 0);
});

void test('pages fit the width, but for those that would be far too large', () => {
  const layout = new PageLayout(3, A4);
  layout.setSize(1, { width: 100, height: 100 });
  layout.setSize(2, { width: 10, height: 10_000_000 });
  layout.layOut('fit', 418 + 2 * GAP);
  assert.equal(Math.round(layout.box(0).width), 418);
  assert.equal(layout.box(1).width, 200);
  assert.ok(layout.box(2).height <= 100_000);
  assert.equal(Math.round(layout.width), 418 + 2 * GAP);
});

void test('steps of the zoom begin where the scale is, and end', () => {
  assert.equal(zoomStep(0.71, 1), 0.75);
  assert.equal(zoomStep(0.71, -1), 0.67);
  assert.equal(zoomStep(0.7501, 1), 0.9);
  assert.equal(zoomStep(4, 1), 4);
  assert.equal(zoomStep(0.1, -1), 0.1);
});

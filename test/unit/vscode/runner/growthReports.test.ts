import assert from 'node:assert/strict';
import test from 'node:test';
import { Emitter } from '../../../../src/core/emitter';
import type { BodyView } from '../../../../src/core/response/bodyView';
import { GrowthReports } from '../../../../src/vscode/runner/growthReports';

void test('growth is told now and then, and the end of it at once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const grown = new Emitter<void>();
  const body = { isComplete: false, onDidGrow: grown.event };
  let told = 0;
  const reports = new GrowthReports(body as unknown as BodyView, () => told++);
  for (let piece = 0; piece < 10; piece++) {
    grown.fire();
    t.mock.timers.tick(50);
  }
  assert.equal(told, 2);
  grown.fire();
  body.isComplete = true;
  grown.fire();
  assert.equal(told, 3);
  t.mock.timers.tick(1000);
  assert.equal(told, 3);
  reports.dispose();
});

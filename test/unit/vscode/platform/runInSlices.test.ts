import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Steps } from '../../../../src/core/request/steps';
import { runInSlices } from '../../../../src/vscode/platform/runInSlices';

/** Work of so many milliseconds, a millisecond a step. */
function* work(milliseconds: number): Steps<string> {
  for (let step = 0; step < milliseconds; step++) {
    const end = performance.now() + 1;
    while (performance.now() < end);
    yield;
  }
  return 'done';
}

it('lets others have their turn in the middle of the work', async () => {
  let turns = 0;
  const ticker = setInterval(() => turns++, 1);
  assert.equal(await runInSlices(work(60), () => false), 'done');
  clearInterval(ticker);
  assert.ok(turns >= 3, `${turns} turns`);
});

it('does little work at once', async () => {
  let paused = false;
  const running = runInSlices(work(0), () => {
    paused = true;
    return false;
  });
  assert.equal(await running, 'done');
  assert.equal(paused, false);
});

it('ends without a result when nobody wants it any more', async () => {
  let steps = 0;
  function* endless(): Steps<string> {
    for (;;) {
      steps++;
      yield* work(1);
    }
  }
  assert.equal(await runInSlices(endless(), () => true), undefined);
  assert.ok(steps > 0);
});

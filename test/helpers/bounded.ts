import assert from 'node:assert/strict';

/** Milliseconds of processor time: far above what each task takes, far below what an unbounded one would. */
const BOUND = 5_000;

/** Does something that must not take long. Processor time, not wall time: what else the machine does must not matter. */
export function bounded<T>(task: () => T): T {
  const start = process.cpuUsage();
  const result = task();
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  assert.ok(milliseconds < BOUND, `took ${milliseconds} ms`);
  return result;
}

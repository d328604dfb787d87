import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestEvent } from '../../tools/run/collectResult';
import { tellProgress } from '../../tools/run/tellProgress';

test('what begins and ends on the outermost level is told, and every event passed on', async () => {
  const events: readonly TestEvent[] = [
    { type: 'test:dequeue', data: { name: '/out/test/journey/newUser.test.js', nesting: 0 } },
    { type: 'test:start', data: { name: 'signs in', nesting: 0 } },
    { type: 'test:pass', data: { name: 'a step', nesting: 1, details: { duration_ms: 5 } } },
    { type: 'test:pass', data: { name: 'signs in', nesting: 0, details: { duration_ms: 1234 } } },
    { type: 'test:fail', data: { name: 'signs out', nesting: 0, details: { duration_ms: 60 } } },
    { type: 'test:diagnostic', data: { message: 'tests 2', nesting: 0 } },
  ];
  const lines: string[] = [];
  const passedOn: TestEvent[] = [];
  for await (const event of tellProgress(events, (line) => lines.push(line))) passedOn.push(event);
  assert.deepEqual(lines, ['… newUser.test.js', '✓ signs in (1.2 s)', '✗ signs out (0.1 s)']);
  assert.deepEqual(passedOn, events);
});

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { suiteResultVariable } from '../../helpers/suiteResult';
import type { SuiteResult } from '../../helpers/suiteResult';
import type { Layer } from '../../tools/run/layer';
import { runLayer } from '../../tools/run/runLayer';

const patient = 20_000;

function layer(kind: Layer['kind'], script: string, timeoutMs = patient): Layer {
  const name = `self-test-${process.pid}`;
  return { name, group: name, args: ['-e', script], timeoutMs, kind, cores: 1, provisioned: false };
}

function leavesResult(result: string, exitCode = 0): string {
  return `fs.writeFileSync(process.env.${suiteResultVariable}, '${result}'); process.exit(${exitCode})`;
}

async function run(subject: Layer): Promise<SuiteResult> {
  return runLayer(subject, () => undefined);
}

test('a check passes with exit code 0 and fails with any other, showing the end of its output', async () => {
  assert.deepEqual(await run(layer('check', '')), { passed: 1, failed: 0, failures: [] });
  const failed = await run(layer('check', `console.log('the reason'); process.exit(2)`));
  assert.equal(failed.failed, 1);
  assert.match(failed.failures[0]?.message ?? '', /the reason/);
});

test('a suite reports what it left', async () => {
  const result = { passed: 3, failed: 0, failures: [] };
  assert.deepEqual(await run(layer('suite', leavesResult(JSON.stringify(result)))), result);
});

for (const [name, script, title] of [
  ['left no result', `process.exit(0)`, /crashed/],
  ['left no JSON', leavesResult('{'), /crashed/],
  ['ran nothing', leavesResult('{"passed":0,"failed":0,"failures":[]}'), /ran no test/],
  ['passed but ended with an error', leavesResult('{"passed":1,"failed":0,"failures":[]}', 1), /ended with an error/],
] as const) {
  test(`a suite that ${name} has failed`, async () => {
    const result = await run(layer('suite', script));
    assert.equal(result.failed, 1);
    assert.match(result.failures[0]?.title ?? '', title);
  });
}

test('a layer that hangs is ended and has failed', async () => {
  const result = await run(layer('suite', 'setInterval(() => {}, 1000)', 300));
  assert.match(result.failures[0]?.title ?? '', /did not end within 0.3 s/);
});

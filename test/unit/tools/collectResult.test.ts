import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { run, test } from 'node:test';
import { temporaryFolder } from '../../helpers/temporaryFolder';
import { collectResult } from '../../tools/run/collectResult';
import type { SuiteResult } from '../../helpers/suiteResult';

/** Runs a test file with Node's own runner, as the layers do. */
async function resultOf(source: string): Promise<SuiteResult> {
  await using folder = await temporaryFolder('collect');
  const file = path.join(folder.path, 'subject.test.js');
  await fs.writeFile(file, `const { test, describe, it, before } = require('node:test');\n${source}`);
  // A test runner that believes to be a child of another one reports nothing itself.
  const context = process.env['NODE_TEST_CONTEXT'];
  delete process.env['NODE_TEST_CONTEXT'];
  try {
    return await collectResult(run({ files: [file] }), [file]);
  } finally {
    if (context !== undefined) process.env['NODE_TEST_CONTEXT'] = context;
  }
}

test('counts tests, not suites', async () => {
  const result = await resultOf(`test('a', () => {}); describe('s', () => { it('b', () => {}); it('c', () => {}); });`);
  assert.deepEqual(result, { passed: 3, failed: 0, failures: [] });
});

test('names a failing test with what it stands in, once', async () => {
  const result = await resultOf(`describe('s', () => { it('b', () => { throw new Error('boom'); }); });`);
  assert.equal(result.failed, 1);
  assert.equal(result.failures[0]?.title, 's › b');
  assert.match(result.failures[0].message, /^Error: boom\n\s+at /);
});

test('a failing hook is a failure', async () => {
  const result = await resultOf(
    `describe('s', () => { before(() => { throw new Error('boom'); }); it('b', () => {}); });`,
  );
  assert.ok(result.failures.some(({ title, message }) => title === 's' && message.includes('boom')));
});

for (const [name, source] of [
  ['skipped', `test('a', { skip: true }, () => {});`],
  ['still to do', `test('a', { todo: true }, () => {});`],
] as const) {
  test(`a test that is ${name} is a failure`, async () => {
    const result = await resultOf(source);
    assert.deepEqual([result.passed, result.failed], [0, 1]);
  });
}

test('a file without tests is a failure', async () => {
  const result = await resultOf('');
  assert.deepEqual([result.passed, result.failures[0]?.message], [0, 'The file has no tests.']);
});

test('a suite without tests is a failure', async () => {
  const result = await resultOf(`describe('s', () => { it('a', () => {}); }); describe('empty', () => {});`);
  assert.deepEqual([result.passed, result.failures], [1, [{ title: 'empty', message: 'The suite has no tests.' }]]);
});

test('a crash fails with what the file wrote', async () => {
  const result = await resultOf(`console.error('last words'); process.exit(3);`);
  assert.equal(result.failed, 1);
  assert.match(result.failures[0]?.message ?? '', /last words/);
});

test('what goes wrong after its test has ended is told with the file', async () => {
  const result = await resultOf(`test('a', () => void setTimeout(() => Promise.reject(new Error('too late')), 1));`);
  assert.equal(result.failed, 1);
  assert.match(result.failures[0]?.message ?? '', /too late/);
});

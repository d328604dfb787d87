import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { conformanceFaults, conformancePage, conformancePath, staleRows } from '../../tools/docs/conformancePage';
import { readConformance } from '../../tools/docs/readConformance';

const conformance = readConformance('.');

test('every requirement has a test or a reason, and every tag of a test is known', () => {
  assert.deepEqual(conformanceFaults(conformance), []);
});

test('the conformance page is what its data and the titles of the tests make it', () => {
  assert.deepEqual(staleRows(readFileSync(conformancePath, 'utf8'), conformancePage(conformance)), []);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { sendAllSummary, type SendAllResult } from '../../../../src/core/run/sendAllSummary';
import { resultsText } from '../../../../src/vscode/run/resultsText';

const results: readonly SendAllResult[] = [
  { file: 'a.http.yaml', request: 'login', method: 'POST', state: 'passed', status: 200, duration: 12 },
  {
    ...{ file: 'a.http.yaml', request: 'list orders', method: 'GET', state: 'failed', status: 500, duration: 1234 },
    ...{ reason: 'The status is\n500.', attempts: 3, rows: { count: 10, failed: 4 } },
  },
  { file: 'b/broken.http.yaml', request: '', method: '', state: 'notSent', reason: 'This is not valid\nYAML.' },
  { file: 'b/c.http.yaml', request: 'x', method: 'DELETE', state: 'skipped', reason: 'It needs login, which failed.' },
];

const german = { language: 'de', rows: (passed: number, count: number) => `${passed}/${count} Zeilen` };
const english = { language: 'en', rows: (passed: number, count: number) => `${passed}/${count} rows` };

test('one line a request below its file, in columns, with places for links and colours', () => {
  const { text, lines } = resultsText('all', sendAllSummary(results, 5), english);
  assert.equal(
    text,
    `all

a.http.yaml
  ✓ login        POST    200      12 ms
  ✗ list orders  GET     500     1.23 s  6/10 rows  ×3
      The status is 500.

b/broken.http.yaml
  ✗ This is not valid YAML.

b/c.http.yaml
  – x            DELETE
      It needs login, which failed.
`,
  );
  const rows = text.split('\n');
  assert.deepEqual(
    lines.map(({ line, start, end }) => rows[line]?.slice(start, end)),
    ['login', 'list orders', 'This is not valid YAML.', 'x'],
  );
});

test('a long reason is below its request, in lines that can be read beside the file', () => {
  const reason =
    'Expected status 201, got 200. Expected $.total to equal 99, got 12. Expected $.id to be there, but it is not.';
  const failed = { file: 'a.http.yaml', method: 'GET', state: 'failed', status: 200, duration: 12, reason } as const;
  const summary = sendAllSummary(
    [
      { ...failed, request: 'wrong' },
      { ...failed, request: 'next' },
    ],
    5,
  );
  const { text, lines } = resultsText('all', summary, english);
  const rows = text.split('\n');
  assert.deepEqual(rows.slice(3, 7), [
    '  ✗ wrong  GET  200      12 ms',
    '      Expected status 201, got 200. Expected $.total',
    '      to equal 99, got 12. Expected $.id to be',
    '      there, but it is not.',
  ]);
  assert.deepEqual(
    lines.map(({ line, start, end }) => rows[line]?.slice(start, end)),
    ['wrong', 'next'],
  );
});

test('what failed, was cancelled or could not be sent is not ok; what was skipped is', () => {
  const states = ['passed', 'skipped', 'failed', 'notSent', 'cancelled'] as const;
  const ok = states.filter((state) => sendAllSummary([{ file: 'a', request: 'b', method: 'GET', state }], 1).ok);
  assert.deepEqual(ok, ['passed', 'skipped']);
});

test('words and numbers are those of the language', () => {
  const { text } = resultsText('alle', sendAllSummary(results, 5), german);
  assert.match(text, /1,23 s {2}6\/10 Zeilen {2}×3$/m);
});

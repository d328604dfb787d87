import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const sources = readdirSync('src/vscode', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.join('src/vscode', file));

function callers(call: RegExp): string[] {
  return sources.filter((file) => call.test(readFileSync(file, 'utf8'))).map((file) => path.basename(file));
}

test('errors are shown in one place, which takes apart links that a file or a server put into the text', () => {
  assert.deepEqual(callers(/\bshowErrorMessage\(/), ['showFailure.ts']);
});

test('warnings are modal, since only those show their text as it is', () => {
  const files = sources.filter((file) => readFileSync(file, 'utf8').includes('showWarningMessage('));
  assert.ok(files.length > 0, 'the search found the calls');
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [call] of text.matchAll(/showWarningMessage\([^\n]*/g)) assert.match(call, /\{ modal: true\b/, file);
  }
});

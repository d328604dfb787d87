import assert from 'node:assert/strict';
import test from 'node:test';
import { wrapped } from '../../../../src/core/text/wrapped';

void test('a line is broken at spaces, and further lines are set in', () => {
  assert.equal(wrapped('- one two three four', 10, '  '), '- one two\n  three\n  four');
  assert.equal(wrapped('one two', 7), 'one two');
  assert.equal(wrapped('', 7, '  '), '');
});

void test('a word that is longer than a line stays whole', () => {
  assert.equal(
    wrapped('see https://acme.dev/a/long/way there', 10, '  '),
    'see\n  https://acme.dev/a/long/way\n  there',
  );
});

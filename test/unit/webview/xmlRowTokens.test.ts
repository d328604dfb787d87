import assert from 'node:assert/strict';
import test from 'node:test';
import { xmlRowTokens } from '../../../src/webview/xmlRowTokens';
import { fc } from '../../helpers/properties';

const shown = (text: string, continues = false): string =>
  xmlRowTokens(text, continues)
    .map(({ kind, text: piece }) => `${kind}:${piece}`)
    .join('|');

test('tags, attributes and their values have colours of their own', () => {
  assert.equal(
    shown('  <order id="1" x>text</order>'),
    'indent:  |key:<order|plain: |number:id|plain:=|string:"1"|plain: |plain:x|key:>|plain:text|key:</order|key:>',
  );
  assert.equal(shown('<!-- <a> --><?pi?>'), 'plain:<!-- <a> -->|plain:<?pi?>');
});

test('a row that goes on inside of a tag is taken so', () => {
  assert.equal(shown('value" b="2">text', true).split('|').at(-1), 'plain:text');
});

test('nothing of a row is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', 'a', '!', '?', '-') }),
      fc.boolean(),
      (text, continues) => {
        assert.equal(
          xmlRowTokens(text, continues)
            .map((token) => token.text)
            .join(''),
          text,
        );
      },
    ),
  );
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { describedAs, plainServerText } from '../../../../src/core/oauth/serverText';
import { fc } from '../../../helpers/properties';

suite('text of a server', () => {
  test('links, command links and control characters are taken apart', () => {
    assert.equal(plainServerText('a [b](command:c) d'), 'a [b] (command :c) d');
    assert.equal(plainServerText('a [b][c] COMMAND:x'), 'a [b] [c] command :x');
    assert.equal(plainServerText('a\u0000\u001b[2J\u202eb\r\n\tc'), 'a [2J b c');
    assert.equal(plainServerText('  wörks – fine  '), 'wörks – fine');
  });

  test('no reason is said to be none', () => {
    for (const empty of [undefined, null, '', ' \u0007 ']) assert.equal(describedAs(empty), 'no reason was given');
    assert.equal(describedAs('expired'), 'expired');
  });

  test('nothing that renders as a link gets through, however it is written [R9]', () => {
    const nasty = fc
      .array(fc.constantFrom('](', '][', 'command:', 'COMMAND:', ']', '(', '\u0000', '\u200b', ' ', 'x'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const plain = plainServerText(text);
        assert.doesNotMatch(plain, /\]\(|\]\[|\bcommand:|\p{C}/iu);
        assert.ok(plain.length <= 301);
      }),
      { numRuns: 2000 },
    );
  });
});

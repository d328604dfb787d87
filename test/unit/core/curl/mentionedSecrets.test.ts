import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mentionedSecrets } from '../../../../src/core/curl/mentionedSecrets';
import { bounded } from '../../../helpers/bounded';

it('names are found in expressions, with filters and without', () => {
  const text = 'a: ${secret:one} b: "${ secret: two words |url}"\nc: ${env:no} ${secret:open';
  assert.deepEqual(mentionedSecrets(text), ['one', 'two words']);
});

it('expressions without an end hold nothing up', () => {
  for (const text of ['${secret:'.repeat(100_000), `\${secret:${' '.repeat(100_000)}`, '${ '.repeat(100_000)]) {
    assert.deepEqual(
      bounded(() => mentionedSecrets(text)),
      [],
    );
  }
});

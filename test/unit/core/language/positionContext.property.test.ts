import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expressionAt } from '../../../../src/core/language/expressionAt';
import { positionContext } from '../../../../src/core/language/positionContext';
import { siblingKeys } from '../../../../src/core/language/siblingKeys';
import { fc } from '../../../helpers/properties';

const PIECES = ['a', 'b:', ': ', '- ', '{', '}', '[', ']', ',', '"', "'", '|', '>-', '#', ' #', '&a ', '$', '${', '}'];
const piece = fc.oneof(
  fc.constantFrom(...PIECES, '\n', '\n  ', '\n    ', '\r\n', '\t', '---\n', '\\'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

it('every offset of any text has a place, whose ranges lie in the text', () => {
  const property = fc.property(anyText, (text) => {
    for (let offset = 0; offset <= text.length; offset++) {
      const context = positionContext(text, offset);
      const { token, path } = context;
      assert.ok(0 <= token.start && token.start <= offset && offset <= token.end && token.end <= text.length);
      for (const { range } of path) assert.ok(0 <= range.start && range.end <= text.length);
      siblingKeys(text, context);
      const expression = expressionAt(text, offset);
      if (expression) assert.ok(expression.range.start < offset && offset <= expression.range.end);
    }
  });
  fc.assert(property, { numRuns: 2_000 });
});

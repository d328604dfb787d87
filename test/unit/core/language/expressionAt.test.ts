import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expressionAt } from '../../../../src/core/language/expressionAt';
import { expressionsIn, type ExpressionPlace } from '../../../../src/core/request/expressionPlace';
import { atCursor } from '../../../helpers/cursor';

function described(text: string, place: ExpressionPlace | undefined): string {
  if (!place) return 'none';
  const { range, closed, source, prefix, name, request, capture, filters } = place;
  for (const { text: shown, range: at } of [source, name, ...filters]) {
    assert.equal(text.slice(at.start, at.end), shown, 'the range of a part is its place');
  }
  return [
    `«${text.slice(range.start, range.end)}»`,
    closed ? '' : ' open',
    ...(prefix ? [` prefix=${prefix.text}`] : []),
    ` name=${name.text}`,
    ...(request ? [` request=${request.text} capture=${capture?.text ?? ''}`] : []),
    ...filters.map((filter) => ` |${filter.text}`),
  ].join('');
}

const table: readonly (readonly [marked: string, expected: string])[] = [
  ['a: ${x‸}', '«${x}» name=x'],
  ['a: ${‸x}', '«${x}» name=x'],
  ['a: $‸{x}', '«${x}» name=x'],
  ['a: ‸${x}', 'none'],
  ['a: ${x}‸', 'none'],
  ['a: ${‸}', '«${}» name='],
  ['a: ${‸', '«${» open name='],
  ['a: ${pa‸', '«${pa» open name=pa'],
  ['a: "${pa‸", b: 1', '«${pa» open name=pa'],
  ['a: ${pa‸ # note', '«${pa» open name=pa'],
  ['a: ${page size‸', '«${page size» open name=page size'],
  ['a: ${ x ‸| json }', '«${ x | json }» name=x |json'],
  ['a: ${x|‸', '«${x|» open name=x |'],
  ['a: ${env:HO‸ME}', '«${env:HOME}» prefix=env name=HOME'],
  ['a: ${secret:‸', '«${secret:» open prefix=secret name='],
  ['a: ${list.fir‸st}', '«${list.first}» name=list.first request=list capture=first'],
  ['a: ${list.‸', '«${list.» open name=list. request=list capture='],
  ['a: ${file:./a.b‸}', '«${file:./a.b}» prefix=file name=./a.b'],
  ['a: $${x‸}', 'none'],
  ['a: ${x} and ${y‸}', '«${y}» name=y'],
  ['a: ${x\nb: y‸}', 'none'],
  ['‸', 'none'],
  ['$‸', 'none'],
];

describe('the expression at a cursor', () => {
  for (const [marked, expected] of table) {
    it(marked, () => {
      const { text, offset } = atCursor(marked);
      assert.equal(described(text, expressionAt(text, offset)), expected);
    });
  }
});

it('finds every expression of a text, with its place in the file', () => {
  const text = 'a: ${x} $${y} ${z|url} ${';
  const found = [...expressionsIn(text.slice(3), 3)].map((place) => described(text, place));
  assert.deepEqual(found, ['«${x}» name=x', '«${z|url}» name=z |url', '«${» open name=']);
});

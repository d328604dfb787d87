import assert from 'node:assert/strict';
import { it } from 'node:test';
import { locateRequest } from '../../../../src/core/request/locateRequest';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';

const text = `variables: { a: 1 }
requests:
  first:
    get: /1
    # a comment

  second: { get: /2 }

baseUrl: https://api.example
`;
const file = parseRequestFile(text);

const table: readonly (readonly [place: string, offset: number, name: string | undefined])[] = [
  ['the start of the file', 0, undefined],
  ['the line requests:', text.indexOf('requests:') + 3, undefined],
  ['the indentation of a name', text.indexOf('  first'), 'first'],
  ['a name', text.indexOf('first'), 'first'],
  ['a value', text.indexOf('/1'), 'first'],
  ['a comment inside', text.indexOf('# a comment'), 'first'],
  ['the empty line after', text.indexOf('\n\n  second') + 1, 'first'],
  ['the indentation of the next', text.indexOf('  second'), 'second'],
  ['a flow value', text.indexOf('/2'), 'second'],
  ['the empty line after the last', text.indexOf('\n\nbaseUrl') + 1, 'second'],
  ['a key after the requests', text.indexOf('baseUrl') + 2, undefined],
];

for (const [place, offset, name] of table) {
  it(`at ${place}: ${name ?? 'none'}`, () => assert.equal(locateRequest(file, offset)?.name, name));
}

it('requests in one line are told apart', () => {
  const line = '{ requests: { a: { get: /1 }, b: { get: /2 } } }';
  const flow = parseRequestFile(line);
  assert.deepEqual(
    ['/1', '/2'].map((piece) => locateRequest(flow, line.indexOf(piece))?.name),
    ['a', 'b'],
  );
});

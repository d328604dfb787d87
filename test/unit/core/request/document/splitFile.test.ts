import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitFile } from '../../../../../src/core/request/document/splitFile';

function pieces(text: string): readonly string[] | undefined {
  const split = splitFile(text);
  if (!split) return undefined;
  const places = [0, ...split.bounds, ...(split.hasTail ? [text.length] : [])];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

describe('a request file is cut', () => {
  const table: readonly (readonly [name: string, parts: readonly string[]])[] = [
    ['at the names', ['requests:\n', '  a:\n    get: /a\n', '  b: { get: /b }\n']],
    ['above and below the requests', ['headers: { a: b }\nrequests:\n', '  a: { get: /a }\n', 'timeout: 1s\n']],
    ['behind comments and empty lines', ['requests:\n', '  a:\n    get: /a\n\n  # b\n\n', '  b:\n']],
    ['at names in quotes', ['requests: # ours\n', '  "a b": {}\n', "  'c': {}\n"]],
    ['with carriage returns', ['requests:\r\n', '  a:\r\n    get: /a\r\n', '  b:\r\n']],
    [
      'at a name without its colon, which swallows the next',
      ['requests:\n', '  a: {}\n', '  bb\n  c: {}\n', '  d: {}\n'],
    ],
    ['around braces that close where names begin', ['requests:\n', '  a: {\n    get: /a\n  }\n', '  b:\n']],
    ['below a byte order mark', ['\ufeffrequests:\n', ' a:\n', ' b:']],
  ];
  for (const [name, parts] of table) it(name, () => assert.deepEqual(pieces(parts.join('')), parts));
});

describe('a request file is not cut', () => {
  const table: readonly (readonly [name: string, text: string])[] = [
    ['without requests', 'headers: {}\n'],
    ['with requests in braces', 'requests: { a: { get: /a } }\n'],
    ['with requests that have an anchor', 'requests: &r\n  a: {}\n'],
    ['with requests that are not indented', 'requests:\na: {}\n'],
    ['with a list of requests', 'requests:\n  - a\n'],
    ['where a document ends', 'requests:\n  a: {}\n---\nb: {}\n'],
    ['where a key is a question', 'requests:\n  a: {}\n  ? b\n  : {}\n'],
    ['where a quote is open at a name', 'requests:\n  a: {}\n  "b\n  c: {}\n'],
    ['where something stands between names and top level', 'requests:\n  a: {}\n b: {}\n'],
  ];
  for (const [name, text] of table) it(name, () => assert.equal(splitFile(text), undefined));
});

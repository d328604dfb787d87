import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changesNothing } from '../../../../src/core/run/effects';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';

function passes(lines: string): boolean {
  const [request] = parseRequestFile(`requests: { it: { ${lines} } }`).requests;
  assert.ok(request?.faults.length === 0, lines);
  return changesNothing(request);
}

describe('what a protected environment lets pass', () => {
  for (const method of ['get', 'head', 'options', 'trace']) {
    it(method, () => assert.ok(passes(`${method}: /x`)));
  }
  it('GraphQL queries', () => assert.ok(passes('post: /x, graphql: "query A { a }"')));
  it('GraphQL queries without a word', () => assert.ok(passes('post: /x, graphql: { query: "{ a(b: 1) }" }')));
});

describe('what it asks about', () => {
  for (const lines of [
    'post: /x',
    'delete: /x',
    'method: PURGE, url: /x',
    'post: /x, graphql: "mutation { a }"',
    'post: /x, graphql: "query A { a } mutation B { b }"',
    'post: /x, graphql: "query Q { a(b: \\"\\"\\"\\n# \\"\\"\\") } mutation M { x }"',
    'post: /x, graphql: "${query}"',
    'post: /x, graphql: "query { a } ${more}"',
  ]) {
    it(lines, () => assert.ok(!passes(lines)));
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { positionContext } from '../../../../src/core/language/positionContext';
import { siblingKeys } from '../../../../src/core/language/siblingKeys';
import { atCursor } from '../../../helpers/cursor';

/** `path role «token»` at the cursor; items of lists are `-`. */
function described(marked: string): string {
  const { text, offset } = atCursor(marked);
  const { path, role, token } = positionContext(text, offset);
  assert.ok(token.start <= offset && offset <= token.end, 'the token is at the cursor');
  const steps = path.map((step) => (step.kind === 'key' ? step.key : '-')).join('/');
  return `${steps} ${role} «${text.slice(token.start, token.end)}»`;
}

const table: readonly (readonly [marked: string, expected: string])[] = [
  ['‸', ' either «»'],
  ['req‸', ' either «req»'],
  ['re‸q', ' either «req»'],
  ['‸requests:\n', ' key «requests»'],
  ['requests‸:\n', ' key «requests»'],
  ['requests:‸', 'requests value «»'],
  ['requests: ‸', 'requests value «»'],
  ['requests:\n  ‸', 'requests either «»'],
  ['requests:\n‸', ' either «»'],
  ['requests:\n  a:\n    get: /x\n    ‸', 'requests/a either «»'],
  ['requests:\n  a:\n    get: /x\n  ‸', 'requests either «»'],
  ['requests:\n  a:\n    get: /x\n‸', ' either «»'],
  ['requests:\n  a:\n    ‸\n    get: /x\n', 'requests/a either «»'],
  ['requests:\n  a:\n    ge‸\n    query: {}\n', 'requests/a either «ge»'],
  ['requests:\n  a:\n    get: /x‸\n', 'requests/a/get value «/x»'],
  ['requests:\n  a:\n    get: /x ‸\n', 'requests/a/get none «»'],
  ['requests:\n  a:\n    get: /x # no‸te\n', 'requests/a/get none «»'],
  ['requests:\n  # no‸te\n  a:\n', 'requests none «»'],
  ['requests:\n\n  # note\n\n  a:\n    get: /x\n\n    # note\n    ‸', 'requests/a either «»'],
  ['requests:\n  a:\n    headers:\n      Acc‸', 'requests/a/headers either «Acc»'],
  ['requests:\n  a:\n    headers:\n      Accept: appl‸', 'requests/a/headers/Accept value «appl»'],
  ['requests:\n  a:\n    get: /x\n      ‸', 'requests/a/get value «»'],
  ['requests:\n  a:\n    description: one\n      two ‸three', 'requests/a/description value «two three»'],
  ['"a b":\n  \'c\': ‸', 'a b/c value «»'],
  ['a: &anchor\n  b: ‸', 'a/b value «»'],
  ['a: "x ‸y"', 'a value «"x y"»'],
  ['a: "x y"‸', 'a value «"x y"»'],
  ['a: "x‸', 'a value «"x»'],
  ['a: "x\n  y‸"\nb: 1', 'a value «"x\n  y"»'],
  // Lists.
  ['a:\n  - ‸', 'a/- either «»'],
  ['a:\n  - x‸', 'a/- either «x»'],
  ['a:\n- x‸', 'a/- either «x»'],
  ['a:\n- x\n‸', ' either «»'],
  ['a:\n  - b: 1\n    ‸', 'a/- either «»'],
  ['a:\n  - b: 1\n    c: ‸', 'a/-/c value «»'],
  ['a:\n- b: 1\n  c: ‸', 'a/-/c value «»'],
  ['a:\n  - b: ‸', 'a/-/b value «»'],
  ['a:\n  - - b: ‸', 'a/-/-/b value «»'],
  ['a:\n  - b:\n      - c\n      - ‸', 'a/-/b/- either «»'],
  ['a:\n  -\n    b: ‸', 'a/-/b value «»'],
  // Block scalars.
  ['a:\n  text: |\n    b: ‸c', 'a/text value «b: c»'],
  ['a:\n  text: >-\n    b:\n      # c‸', 'a/text value «# c»'],
  ['a:\n  text: |\n    b: c\n  d: ‸', 'a/d value «»'],
  ['a:\n  - |\n    b: ‸', 'a/- value «b: »'],
  // Flow collections.
  ['a: {‸', 'a key «»'],
  ['a: {‸}', 'a key «»'],
  ['a: { ‸ }', 'a key «»'],
  ['a: { b‸ }', 'a key «b»'],
  ['a: { b: ‸ }', 'a/b value «»'],
  ['a: { b: c‸ }', 'a/b value «c»'],
  ['a: { b: c ‸ }', 'a none «»'],
  ['a: { b: c, ‸ }', 'a key «»'],
  ['a: { b: c, d‸', 'a key «d»'],
  ['a: { b: c, d: ‸', 'a/d value «»'],
  ['a: { b: [x, ‸] }', 'a/b/- value «»'],
  ['a: { b: [x, y‸] }', 'a/b/- value «y»'],
  ['a: [{ b: 1 }, { c: ‸', 'a/-/c value «»'],
  ['a: { b: { c: 1 }, ‸ }', 'a key «»'],
  ['a: { b: { c: 1 }‸ }', 'a none «»'],
  ['a: { b: 1 } ‸', 'a none «»'],
  ['a: {\n  b: 1,\n  c‸\n}\nd: 1', 'a key «c»'],
  ['a: {\n  b: 1,\n  c: ‸\n}\nd: 1', 'a/c value «»'],
  ['a:\n  {\n    b: ‸\n  }', 'a/b value «»'],
  ['a: { b: ${x‸} }', 'a/b value «${x}»'],
  ['a: { b: ${x‸', 'a/b value «${x»'],
  ['a: { b: "${x‸" }', 'a/b value «"${x"»'],
  ['a: { b: "x, ‸y" }', 'a/b value «"x, y"»'],
  ['a: { "b": ‸ }', 'a/b value «»'],
  ['a: { b: c # no‸te\n}', 'a none «»'],
  ['- { a: ‸ }', '-/a value «»'],
  // What is broken elsewhere.
  ['requests:\n  a: { get: [\n  b:\n    get: ‸', 'requests/b/get value «»'],
  ['requests:\n  a:\n    get: "x\n  b:\n    post: ‸', 'requests/b/post value «»'],
  ['requests:\n  a:\n    get /x\n    ‸', 'requests/a either «»'],
];

describe('the place of a cursor', () => {
  for (const [marked, expected] of table) {
    it(JSON.stringify(marked), () => {
      assert.equal(described(marked), expected);
      assert.equal(described(marked.replaceAll('\n', '\r\n')).replaceAll('\r', ''), expected, 'with CRLF');
    });
  }
});

const siblings: readonly (readonly [marked: string, expected: string])[] = [
  ['a: 1\n‸\nb:\n  c: 2\nd: 3', 'a b d'],
  ['r:\n  x:\n    a: 1\n    b:\n      c: 1\n    ‸\n    d: 1\n  y:\n    e: 1', 'a b d'],
  ['r:\n  x:\n    a‸: 1\n    b: 1', 'b'],
  ['r:\n  - a: 1\n    ‸\n    b: 1\n  - c: 1', 'a b'],
  ['r:\n  - a‸\n    b: 1\n  - c: 1', 'b'],
  ['r:\n- a: 1\n  ‸\n- c: 1', 'a'],
  ['r: { a: 1, ‸, b: 2 }\nc: 1', 'a b'],
  ['r: { a: { x: 1 }, b: { y: 1, ‸ }, c: 1 }', 'y'],
  ['r: { a‸: 1, b: 2 }', 'b'],
];

describe('the keys beside a cursor', () => {
  for (const [marked, expected] of siblings) {
    it(JSON.stringify(marked), () => {
      const { text, offset } = atCursor(marked);
      assert.equal(siblingKeys(text, positionContext(text, offset)).join(' '), expected);
    });
  }
});

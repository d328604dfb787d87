import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GrowingRows } from '../../../../../src/core/response/rows/growingRows';
import type { RowPlace, ScannerFactory } from '../../../../../src/core/response/rows/rowScanner';
import { INLINE_BYTES } from '../../../../../src/core/response/rows/xmlInlining';
import { XmlRowScanner } from '../../../../../src/core/response/rows/xmlRowScanner';
import { indexXml } from '../../../../../src/core/response/xmlLines';
import { fc } from '../../../../helpers/properties';
import { anyPieces, lines, scanned, sourceOf } from './scannedRows';

const WIDE = 1_000_000;
const xml =
  (rowBytes: number): ScannerFactory<never> =>
  (sink, from, checkpoints) =>
    new XmlRowScanner(rowBytes, sink, from, checkpoints);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text, CDATA, a comment or the like, as it is written. */
type Leaf = string;
interface Element {
  readonly name: string;
  readonly attributes: string;
  readonly content: readonly Node[];
}
type Node = Leaf | Element;

function written(node: Node): string {
  if (typeof node === 'string') return node;
  const { name, attributes, content } = node;
  return `<${name}${attributes}>${content.map(written).join('')}</${name}>`;
}

/** Another definition of the rows: of a document that is there as a tree. */
function expected(node: Node, level = 0): readonly string[] {
  const split = (text: string): readonly string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => `${level} ${line}`);
  if (typeof node === 'string') return split(node);
  const { name, attributes, content } = node;
  const hasText = content.some(
    (child) => typeof child === 'string' && child.trim() !== '' && (!child.startsWith('<') || child.startsWith('<![')),
  );
  if (hasText || content.length === 0) return split(written(node));
  const inner = content.flatMap((child) => expected(child, level + 1));
  return [...split(`<${name}${attributes}>`), ...inner, ...split(`</${name}>`)];
}

const leaf = fc.constantFrom(
  ...[' ', '\n', '\n  ', 'one', ' zwölf\n Boxkämpfer 😀 ', '&lt;', '<!---->', '<!-- - --\n\n  > -->'],
  ...['<![CDATA[<x>\n]] >]]>', '<![CDATA[]]>', '<?p i ?\n>?>', '<e/>', '<e a=\'/>\'\n  b="</a>" />', '<e a=""/>'],
);
const element = fc.letrec<{ node: Element }>((tie) => ({
  node: fc.record({
    name: fc.constantFrom('a', 'b', 'ns:c', 'ä', 'a-very-long-name-of-an-element'),
    attributes: fc.constantFrom('', ' x="1"', " y='>'", '\n  z="<\n"', ' w="a/"', ' '),
    content: fc.array(fc.oneof({ depthSize: 'small' }, leaf, tie('node')), { maxLength: 5 }),
  }),
})).node;
const before = fc.constantFrom('', '\ufeff', '<?xml version="1.0"?>\n', '<!-- - -->', '\n');
const type = fc.constantFrom(
  '',
  '<!DOCTYPE a>',
  "<!DOCTYPE a [\n <!ENTITY x ']>'> <!-- don't ] > --> ]>\n",
  '<!x <! y>',
);
const document = fc.tuple(before, type, element);
const garbage = fc
  .array(
    fc.constantFrom(
      ...[
        '<',
        '>',
        '</',
        '/>',
        '"',
        "'",
        '[',
        ']',
        '<!--',
        '-->',
        '--',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '<!',
        '<a',
        '<a>',
      ],
      ...['</a>', '<b>', '</b>', 'a', 'ä', ' ', '\n', '   \n   ', '😀'],
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

/** Rows with their levels. */
function rowsOf(rows: GrowingRows<never>, bytes: Uint8Array): readonly string[] {
  return rows
    .places(0, Infinity, sourceOf(bytes))
    .map(({ start, end, level }) => `${level} ${new TextDecoder().decode(bytes.subarray(start, end))}`);
}

describe('rows of XML', () => {
  it('are those of its tree, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(document, anyPieces, ([head, declared, tree], pieces) => {
        const bytes = encode(head + declared + written(tree));
        const rows = scanned(xml(WIDE), bytes, pieces);
        assert.equal(rows.mistake, undefined);
        const start = [head.replace('\ufeff', ''), declared].flatMap((text) => expected(text));
        assert.deepEqual(rowsOf(rows, bytes), [...start, ...expected(tree)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are the lines of a small body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          garbage,
          document.map(([, declared, tree]) => declared + written(tree)),
        ),
        async (text) => {
          const bytes = encode(text);
          const rows = scanned(xml(WIDE), bytes, [1, 2, 3]);
          const small = await indexXml(text, () => Promise.resolve());
          assert.equal(small !== undefined, rows.mistake === undefined);
          if (!small) return;
          const shown = Array.from(
            { length: small.lineCount },
            (_, line) => `${small.indent(line) / 2} ${small.text(line)}`,
          );
          assert.deepEqual(shown, rowsOf(rows, bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are the same in any pieces, and from any place, whatever the bytes are', () => {
    fc.assert(
      fc.property(
        fc.oneof(garbage, element.map(written)),
        fc.array(fc.nat(9)),
        fc.constantFrom(16, 30, WIDE),
        (text, pieces, width) => {
          const bytes = encode(text);
          const whole = scanned(xml(width), bytes, []);
          const cut = scanned(xml(width), bytes, pieces);
          assert.deepEqual([cut.rowCount, cut.mistake], [whole.rowCount, whole.mistake]);
          const source = sourceOf(bytes);
          assert.deepEqual(cut.places(0, Infinity, source), whole.places(0, Infinity, source));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are cut where they are too long, and put together again', () => {
    fc.assert(
      fc.property(element, fc.integer({ min: 40, max: 90 }), anyPieces, (tree, width, pieces) => {
        const text = written({ name: 'r', attributes: '', content: [tree, ' '.repeat(200), tree] });
        const bytes = encode(text.replaceAll('one', `one${' '.repeat(150)}two${'ü'.repeat(150)}`));
        const wide = scanned(xml(WIDE), bytes, []);
        const narrow = scanned(xml(width), bytes, pieces);
        assert.deepEqual(lines(narrow, bytes, 'asItCame', width), lines(wide, bytes, 'asItCame', WIDE));
      }),
      { numRuns: 300 },
    );
  });

  it('can be found again from any of them', () => {
    const item = (index: number): string =>
      `<item id="${index}">${index % 3 === 0 ? `text <b>${'ä b'.repeat(index % 700)}</b>\n more` : '<c>\n<d/></c><!-- e\nf -->'}</item>`;
    const bytes = encode(`<all>${Array.from({ length: 5000 }, (_, index) => item(index)).join('')}</all>`);
    for (const width of [20, 2000]) {
      const rows = scanned(xml(width), bytes, [10_000]);
      assert.equal(rows.mistake, undefined);
      const all: readonly RowPlace[] = rows.places(0, Infinity, sourceOf(bytes));
      assert.equal(all.length, rows.rowCount);
      for (let from = 0; from < all.length; from += 509) {
        assert.deepEqual(rows.places(from, from + 20, sourceOf(bytes)), all.slice(from, from + 20));
      }
    }
  });

  it('come while the body does', () => {
    const rows = new GrowingRows(xml(WIDE));
    rows.scan(encode('<a><b>x</b><c>'));
    assert.equal(rows.rowCount, 0);
    rows.scan(encode('<d/>'.repeat(INLINE_BYTES)));
    assert.ok(rows.rowCount > INLINE_BYTES / 2);
  });

  it('do not wait for text that comes late', () => {
    const bytes = encode(`<a><b/>${' '.repeat(INLINE_BYTES)}late</a>`);
    assert.deepEqual(rowsOf(scanned(xml(WIDE), bytes, []), bytes), ['0 <a>', '1 <b/>', '1 late', '0 </a>']);
  });

  it('need no recursion for depth, and time that grows with the body', () => {
    const deep = encode('<a>'.repeat(200_000) + '</a>'.repeat(200_000));
    assert.equal(scanned(xml(WIDE), deep, []).rowCount, 399_999);
    for (const piece of ['<', '<a>', '<!--', '<a "', '<a/>', 'a ', '<a>b']) {
      const rows = scanned(
        xml(2000),
        encode(piece.repeat(300_000)),
        Array.from({ length: 500 }, () => 500),
      );
      assert.ok(rows.rowCount >= 0);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { copiedNode } from '../../../../src/core/response/copiedNode';
import { indexXml } from '../../../../src/core/response/xmlLines';
import type { LatchkeyError } from '../../../../src/core/errors';
import { Secret } from '../../../../src/core/secret';
import { readXml } from '../../../../src/core/xml/readXml';
import { selectXml } from '../../../../src/core/xml/selectXml';
import { openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const pause = (): Promise<void> => Promise.resolve();
const open = (text: string, mask: readonly Secret[] = []): ReturnType<typeof openBody> =>
  openBody(text, { contentType: 'application/xml', mask });

async function pretty(text: string): Promise<string | undefined> {
  const view = await open(text);
  return view.hasPretty ? view.text('pretty') : undefined;
}

describe('the pretty form of XML', () => {
  it('has a line for each element, and keeps text with its element', async () => {
    const text =
      '<?xml version="1.0"?><orders total="2"><order id="1"><sku>A-1</sku><note/><empty></empty></order>' +
      '<!-- no more --><p>all <b>sold</b> out</p><raw><![CDATA[a < b]]></raw></orders>';
    assert.equal(
      await pretty(text),
      [
        '<?xml version="1.0"?>',
        '<orders total="2">',
        '  <order id="1">',
        '    <sku>A-1</sku>',
        '    <note/>',
        '    <empty></empty>',
        '  </order>',
        '  <!-- no more -->',
        '  <p>all <b>sold</b> out</p>',
        '  <raw><![CDATA[a < b]]></raw>',
        '</orders>',
      ].join('\n'),
    );
  });

  it('ends lines where a text does, and looks into no quotes, comments and document types', async () => {
    const text = '<!DOCTYPE a [ <!ENTITY x "]>"> ]>\n<a t=\'>\' u="</a>"><!-- </a> --><s>one\n   two</s></a>\n';
    const lines = [
      '<!DOCTYPE a [ <!ENTITY x "]>"> ]>',
      '<a t=\'>\' u="</a>">',
      '  <!-- </a> -->',
      '  <s>one',
      '  two</s>',
      '</a>',
    ];
    assert.equal(await pretty(text), lines.join('\n'));
  });

  it('is there where a document type has comments with quotes in them', async () => {
    const type = "<!DOCTYPE a [ <!-- don't ] > --> ]>";
    assert.equal(await pretty(`${type}<a>b</a>`), `${type}\n<a>b</a>`);
  });

  it('is there for megabytes on one line', async () => {
    const lines = await indexXml(`<r>${'<a>b</a>'.repeat(400_000)}</r>`, pause);
    assert.equal(lines?.lineCount, 400_002);
  });

  it('is not there where tags do not match or have no end', async () => {
    for (const text of ['<a><b></a></b>', '<a>', '<a', '<a><!-- ', '</a>', '<a x="1></a>', 'no XML at all', '<!x>']) {
      assert.equal(await pretty(text), undefined, text);
    }
  });

  it('says the same as the text, whatever that is', async () => {
    const name = fc.constantFrom('a', 'b', 'ns:c', 'ä');
    const text = fc.constantFrom(
      '',
      ' ',
      '\n',
      'one',
      ' two\n three ',
      '&lt;',
      '<!-- - -->',
      '<![CDATA[<x>]]>',
      '<?p i?>',
    );
    const { element } = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(
          name,
          fc.constantFrom('', ' x="1"', " y='>'"),
          fc.array(fc.oneof(text, tie('element')), { maxLength: 4 }),
        )
        .map(([tag, attribute, content]) => `<${tag}${attribute}>${content.join('')}</${tag}>`),
    }));
    const withoutSpace = (said: string): string => said.replace(/\s+/g, '');
    await fc.assert(
      fc.asyncProperty(element, async (xml) => {
        const shown = await pretty(xml);
        assert.equal(withoutSpace(shown ?? ''), withoutSpace(xml));
        assert.equal(await pretty(shown ?? ''), shown, 'and comes out the same again');
      }),
      { numRuns: 300 },
    );
  });

  it('takes any text without an exception, in time that grows with it', async () => {
    const piece = fc.constantFrom(
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
      '<![CDATA[',
      '<?',
      'a',
      ' ',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => void (await indexXml(pieces.join(''), pause))),
      { numRuns: 1_000 },
    );
    for (const text of ['<', '<a>', '<!--', '<a "', '</a>', '<a/>']) await indexXml(text.repeat(100_000), pause);
  });

  it('folds, copies what begins on a line, and covers what is secret', async () => {
    const view = await open('<a><b><c>canary-secret</c></b><d>x</d></a>', [new Secret('canary-secret')]);
    assert.deepEqual(view.nodes?.(), [
      { line: 1, endLine: 6 },
      { line: 2, endLine: 4 },
    ]);
    const copied = await copiedNode(view, 2, 'value', pause);
    assert.equal(copied, '<b>\n  <c>••••••</c>\n</b>');
    assert.equal(await copiedNode(view, 5, 'value', pause), '<d>x</d>');
    assert.equal(await copiedNode(view, 9, 'value', pause), undefined);
  });

  it('copies an element or a comment whole, whichever of its lines is asked for', async () => {
    const text = `<a>
  <!-- one
       two --><p
      x="1">some <b>bold
    text</b> here
  </p><c/>
</a>`;
    const view = await open(text);
    const [comment, p, b] = ['<!-- one\ntwo -->', '<p\nx="1">some <b>bold\ntext</b> here\n</p>', '<b>bold\ntext</b>'];
    const values = [2, 3, 4, 5, 6, 7, 8].map((line) => copiedNode(view, line, 'value', pause));
    assert.deepEqual(await Promise.all(values), [comment, comment, p, p, b, p, '<c/>']);
    assert.equal(await copiedNode(view, 1, 'value', pause), await view.text('pretty'));
    assert.equal(await copiedNode(view, 9, 'value', pause), await view.text('pretty'));
    assert.equal(await copiedNode(view, 3, 'path', pause), '/a');
    assert.equal(await copiedNode(view, 6, 'path', pause), '/a/p/b');
  });

  it('says why there is no XPath, and copies values all the same', async () => {
    const deep = `${'<a>'.repeat(1_100)}\n${'</a>'.repeat(1_100)}`;
    for (const [text, line, code, data] of [
      [
        '<a>\n<b>x</b>\n<c>&nbsp;</c></a>',
        2,
        'response.xmlUnreadable',
        { line: 3, problem: 'the entity &nbsp; is not known' },
      ],
      ['<!-- a --><b/>', 1, 'response.noElement', { line: 1 }],
      [deep, 2, 'response.xmlUnreadable', { line: 1_001, problem: 'it is nested too deep' }],
    ] as const) {
      const view = await open(text);
      await assert.rejects(copiedNode(view, line, 'path', pause), (error: LatchkeyError) => {
        assert.deepEqual([error.code, error.data], [code, data]);
        return true;
      });
      assert.ok(await copiedNode(view, line, 'value', pause));
    }
  });

  it('gives an XPath of each line, which selects what is on it', async () => {
    const xml =
      '<feed xmlns="urn:f" xmlns:x="urn:x"><entry><id>1</id></entry><entry><id>2</id><x:id>3</x:id></entry>' +
      '<other xmlns=""><id>4</id></other><x:id xmlns:x="urn:y">5</x:id></feed>';
    const view = await open(xml);
    const paths = await Promise.all(
      Array.from({ length: view.lineCount('pretty') }, (_, line) => copiedNode(view, line + 1, 'path', pause)),
    );
    assert.deepEqual(paths, [
      '/_:feed',
      '/_:feed/_:entry[1]',
      '/_:feed/_:entry[1]/_:id',
      '/_:feed/_:entry[1]',
      '/_:feed/_:entry[2]',
      '/_:feed/_:entry[2]/_:id',
      '/_:feed/_:entry[2]/x:id',
      '/_:feed/_:entry[2]',
      '/_:feed/other',
      '/_:feed/other/id',
      '/_:feed/other',
      '/_:feed/*[4]',
      '/_:feed',
    ]);
  });

  it('gives XPaths that select one element, whatever the document', async () => {
    const name = fc.constantFrom('a', 'b', 'n:a', 'm:b');
    const declared = fc.constantFrom('', ' xmlns="urn:1"', ' xmlns:n="urn:2"', ' xmlns:m="urn:1"');
    const { element } = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(name, declared, fc.array(fc.oneof(fc.constant('text'), tie('element')), { maxLength: 4 }))
        .map(([tag, names, content]) => `<${tag}${names}>${content.join('')}</${tag}>`),
    }));
    await fc.assert(
      fc.asyncProperty(element, async (inner) => {
        const xml = `<r xmlns:n="urn:n" xmlns:m="urn:m">${inner}</r>`;
        const document = await readXml(xml, pause);
        assert.ok(document.ok);
        const view = await open(xml);
        for (let line = 1; line <= view.lineCount('pretty'); line++) {
          const copied = await copiedNode(view, line, 'path', pause);
          assert.deepEqual(selectXml(`count(${copied})`, document.value), { ok: true, value: 1 }, copied);
        }
      }),
      { numRuns: 200 },
    );
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsMasker, secretForms } from '../../../../src/core/http/secretMasker';
import { FILTER_HITS, type FilterOutcome } from '../../../../src/core/response/bodyFilter';
import { filterXml } from '../../../../src/core/response/filterXml';
import { Secret } from '../../../../src/core/secret';
import { parseXPath } from '../../../../src/core/xml/parseXPath';
import { readXml } from '../../../../src/core/xml/readXml';
import { selectXml } from '../../../../src/core/xml/selectXml';
import { fc } from '../../../helpers/properties';

const pause = (): Promise<void> => Promise.resolve();

async function filter(text: string, path: string, mask = formsMasker([])): Promise<FilterOutcome> {
  const read = await readXml(text, pause);
  const parsed = parseXPath(path);
  assert.ok(read.ok && parsed.ok);
  return filterXml({ text, document: read.value }, parsed.expression, mask);
}

async function found(text: string, path: string): Promise<string> {
  const outcome = await filter(text, path);
  assert.ok(outcome.kind === 'hits', JSON.stringify(outcome));
  return `${outcome.language} ${outcome.count}: ${outcome.text}`;
}

const FEED =
  '<feed xmlns="urn:f" xmlns:x="urn:x" ><!-- of\ntoday --><entry id="1" x:by="A &amp; B"><p>one <b>two</b> &lt; 3</p>' +
  '<![CDATA[<raw>]]></entry><entry id="2"/><?go on?></feed>\n';

for (const [path, listed] of [
  ['//_:entry[1]', `xml 1: ${/<entry.*<\/entry>/.exec(FEED)?.[0]}`],
  ['//_:b | //_:entry[2]', 'xml 2: <b>two</b>\n<entry id="2"/>'],
  ['//comment()', 'xml 1: <!-- of\ntoday -->'],
  ['//processing-instruction()', 'xml 1: <?go on?>'],
  ['//@id', 'text 2: 1\n2'],
  ['//@x:by', 'text 1: A & B'],
  ['//_:p/text()', 'text 2: one \n < 3'],
  ['//_:entry[1]/text()', 'text 1: <raw>'],
  ['//_:b | //@x:by | //_:entry[1]/text()', 'xml 3: A &amp; B\n<b>two</b>\n&lt;raw>'],
  ['string(//_:p)', 'text 1: one two < 3'],
  ['count(//_:entry)', 'text 1: 2'],
  ['count(//_:entry) > 1', 'text 1: true'],
  ['//entry', 'text 0: '],
  ['/.', `xml 1: ${FEED}`],
] as const) {
  test(`what ${path} finds is listed as it came, values decoded`, async () => {
    assert.equal(await found(FEED, path), listed);
  });
}

test('of many hits the first are listed, and all are counted', async () => {
  const outcome = await filter(`<r>${'<a/>'.repeat(FILTER_HITS + 1)}</r>`, '//a');
  assert.ok(outcome.kind === 'hits');
  assert.deepEqual([outcome.count, outcome.shown], [FILTER_HITS + 1, FILTER_HITS]);
});

test('a path that looks at too much is told so, one that means nothing here is told why', async () => {
  const wide = `<r>${'<a><b/></a>'.repeat(3000)}</r>`;
  assert.deepEqual(await filter(wide, '//a[count(//b[count(//a) > 1]) > 1]'), { kind: 'tooMuch' });
  const problem = 'the document does not declare the prefix x';
  assert.deepEqual(await filter('<r/>', '//x:a'), { kind: 'failed', problem });
});

test('a secret is masked in what is found, also where references and CDATA hid it', async () => {
  const mask = formsMasker(secretForms([new Secret('canary<token>')]));
  const xml = '<r a="c&#97;nary&lt;token>"><b>canary&lt;token></b><c>can<![CDATA[ary<tok]]>en></c></r>';
  for (const path of ['//@a', '//b', '//c/text()', '//@a | //b', 'string(//r)', 'concat("can", "ary<token>")']) {
    const outcome = await filter(xml, path, mask);
    assert.ok(outcome.kind === 'hits' && !outcome.text.includes('nary'), JSON.stringify(outcome));
  }
});

test('the filter finds what expectations and captures find', async () => {
  const name = fc.constantFrom('a', 'b', 'n:a', 'm:b');
  const declared = fc.constantFrom('', ' xmlns="urn:1"', ' xmlns:n="urn:2"', ' id="1"');
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .tuple(name, declared, fc.array(fc.oneof(fc.constant('t&amp;'), tie('element')), { maxLength: 4 }))
      .map(([tag, names, content]) => `<${tag}${names}>${content.join('')}</${tag}>`),
  }));
  const paths = fc.constantFrom('//a', '//_:a', '//n:a', '//*', '//text()', '//@id', '//m:b/..', 'string(//b)');
  await fc.assert(
    fc.asyncProperty(element, paths, async (inner, path) => {
      const xml = `<r xmlns:n="urn:n" xmlns:m="urn:m" xmlns:_="urn:1">${inner}</r>`;
      const read = await readXml(xml, pause);
      assert.ok(read.ok);
      const selected = selectXml(path, read.value);
      const outcome = await filter(xml, path);
      if (!selected.ok) assert.deepEqual(outcome, { kind: 'failed', problem: selected.problem });
      else {
        assert.ok(outcome.kind === 'hits');
        assert.equal(outcome.count, Array.isArray(selected.value) ? selected.value.length : 1);
        if (outcome.language === 'text' && Array.isArray(selected.value)) {
          assert.equal(outcome.text, selected.value.join('\n'));
        }
      }
    }),
    { numRuns: 200 },
  );
});

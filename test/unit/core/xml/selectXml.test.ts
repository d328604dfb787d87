import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readXml } from '../../../../src/core/xml/readXml';
import { selectXml } from '../../../../src/core/xml/selectXml';

const orders = `<?xml version="1.0"?>
<!DOCTYPE orders [ <!ENTITY x "expanded"> ]>
<!-- two of them -->
<orders xmlns="urn:orders" xmlns:p="urn:people" xml:lang="en-GB">
  <order id="1" p:by="Ada"><total>12.50</total><note><![CDATA[a < b]]> &amp; c</note></order>
  <order id="2"><total>7</total><p:who>Bob &#x1F600;</p:who></order>
  <?go on?>
</orders>`;
const plain = '<a><b>1</b><b>2</b><c><b>3</b></c><d/></a>';

async function select(path: string, text: string): Promise<unknown> {
  const document = await readXml(text, () => Promise.resolve());
  assert.ok(document.ok, document.ok ? '' : document.problem);
  const selected = selectXml(path, document.value);
  return selected.ok ? selected.value : `problem: ${selected.problem}`;
}

describe('XPath in a document with namespaces', () => {
  const table: readonly (readonly [path: string, value: unknown])[] = [
    ['/_:orders/_:order/@id', ['1', '2']],
    ['//_:order[1]/_:total', ['12.50']],
    ['//_:order[@p:by]/@id', ['1']],
    ['//p:who', ['Bob 😀']],
    ['//p:*', ['Bob 😀']],
    ['//_:note', ['a < b & c']],
    ['//order', []],
    ['//*[local-name()="order"]/@id', ['1', '2']],
    ['count(//_:order)', 2],
    ['sum(//_:total)', 19.5],
    ['//_:order[_:total > 10]/@id', ['1']],
    ['string(//_:order[last()]/@id)', '2'],
    ['//comment()', [' two of them ']],
    ['//processing-instruction("go")', ['on']],
    ['boolean(//_:order[lang("en")])', true],
    ['namespace-uri(/*)', 'urn:orders'],
    ['name(//@*[2])', 'p:by'],
    ['//x:y', 'problem: the document does not declare the prefix x'],
  ];
  for (const [path, value] of table) it(path, async () => assert.deepEqual(await select(path, orders), value));
});

describe('XPath', () => {
  const table: readonly (readonly [path: string, value: unknown])[] = [
    ['/a/b', ['1', '2']],
    ['//b', ['1', '2', '3']],
    ['//b[2]', ['2']],
    ['(//b)[3]', ['3']],
    ['//b[last()]', ['2', '3']],
    ['/a/*[position() > 2]', ['3', '']],
    ['/a/c/preceding-sibling::b', ['1', '2']],
    ['/a/c/preceding-sibling::b[1]', ['2']],
    ['/a/b[1]/following::b', ['2', '3']],
    ['/a/c/b/preceding::b', ['1', '2']],
    ['//b/ancestor::*[1]', ['123', '3']],
    ['//c | //d | //c', ['3', '']],
    ['/a/b/..', ['123']],
    ['/a/b = 2', true],
    ['/a/b != 2', true],
    ['/a/b = 9', false],
    ['//d = ""', true],
    ['//e = ""', false],
    ['1 + 2 * 3', 7],
    ['-(7 mod 4)', -3],
    ['--1', 1],
    ['7 div 2 = 3.5 and not(false())', true],
    ['true() or //nothing', true],
    ['concat("a", 1 div 0, true())', 'aInfinitytrue'],
    ['substring("12345", 1.5, 2.6)', '234'],
    ['substring("12345", 0 div 0, 3)', ''],
    ['translate("bar", "abc", "AB")', 'BAr'],
    ['normalize-space("  a  b ")', 'a b'],
    ['substring-before("a/b", "/")', 'a'],
    ['substring-after("a/b", "/")', 'b'],
    ['string-length("a😀")', 2],
    ['string(0.0000001)', '0.0000001'],
    ['round(-2.5)', -2],
    ['number("1e3")', NaN],
    ['number(" 12 ")', 12],
    ['starts-with("ab", "a") and contains("ab", "b")', true],
    ['"a"/b', 'problem: a value stands where the path wants nodes'],
    ['count("a")', 'problem: a value stands where a function wants nodes'],
  ];
  for (const [path, value] of table) it(path, async () => assert.deepEqual(await select(path, plain), value));
});

describe('documents that are none', () => {
  const table: readonly (readonly [text: string, problem: string])[] = [
    ['<a>', '<a> is not closed'],
    ['<a></b>', '</b> closes nothing'],
    ['<a/><b/>', 'there is a second element'],
    ['text', 'there is text outside'],
    ['<a>&x;</a>', 'the entity &x; is not known'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'the entity &x; is not known'],
    ['<a b="1" b="2"/>', 'the attribute b is there twice'],
    ['<a b=1/>', '<a> is not well-formed'],
    ['<x:a/>', 'the prefix of x:a is not declared'],
    ['<a><!-- </a>', '<!-- is not closed'],
    ['<!DOCTYPE a [', 'the document type is not closed'],
    ['<!-- only this -->', 'there is no element'],
    ['<a>'.repeat(2_000), 'it is nested too deep'],
    ['<a>&#xD800;</a>', 'the entity &#xD800; is not known'],
    ['', 'there is no element'],
  ];
  it('the line of what is wrong is told', async () => {
    for (const [text, line] of [
      ['<a>\n\none &nbsp;</a>', 3],
      ['<a b="1"\n  c="&nbsp;"/>', 2],
      ['<a\n  b="1"\n  b="2"/>', 3],
      ['<a>\n</b>', 2],
      ['<a>\n', 1],
    ] as const) {
      const document = await readXml(text, () => Promise.resolve());
      assert.equal(document.ok ? undefined : document.line, line, text);
    }
  });
  it('a comment in a document type is passed over', async () => {
    const document = await readXml("<!DOCTYPE a [ <!-- don't ] > --> ]><a/>", () => Promise.resolve());
    assert.ok(document.ok);
  });
  for (const [text, problem] of table) {
    it(problem, async () => {
      const document = await readXml(text, () => Promise.resolve());
      assert.ok(!document.ok);
      assert.ok(document.problem.startsWith(problem), document.problem);
    });
  }
});

describe('hostile documents and paths', () => {
  it('a billion laughs are none', async () => {
    const lines = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const document = await readXml(`<!DOCTYPE a [<!ENTITY l0 "ha">${lines}]><a>&l10;</a>`, () => Promise.resolve());
    assert.ok(!document.ok && document.problem.includes('the entity &l10; is not known'));
  });
  it('a path of paths ends', async () => {
    const wide = `<a>${'<b>x</b>'.repeat(20_000)}</a>`;
    const begin = performance.now();
    assert.equal(await select('//*[count(//*[//b = .]) > 1]', wide), 'problem: too much to look through for this path');
    assert.ok(performance.now() - begin < 30_000);
  });
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { XmlDocument, XmlNode } from '../../../../src/core/xml/xmlNode';
import { readXml } from '../../../../src/core/xml/readXml';
import { fc } from '../../../helpers/properties';
import { bodyText, resolved } from '../../../helpers/requestFiles';

/** With what stands around the value in the text of the element. */
const DOCUMENTS: readonly (readonly [document: string, before: string, after: string])[] = [
  [`<a b="\${v}" c='x\${v}'>\${v}</a>`, '', ''],
  [`<a b="\${v}" c='x\${v}'><![CDATA[\${v}]]></a>`, '', ''],
  [`<?xml version="1.0"?><!-- "it's" --><a b="\${v}" c='x\${v}'><![CDATA[]]]]><![CDATA[\${v}>]]]></a>`, ']]', '>]'],
  [`<a b="\${v}" c='x\${v}'>]]<![CDATA[\${v}]]]]>&gt;</a>`, ']]', ']]>'],
];

/** Characters that XML has (XML 1.0 §2.2), with those more often that mean something to it. */
const value = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...Array.from('<>&"\'[]!-\r\n\t a')), maxLength: 12 }),
  )
  .filter((text) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufdd0-\ufdd5]|\p{Cs}/u.test(text));

it('a reader gets back what was put into an XML body, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(value, fc.constantFrom(...DOCUMENTS), async (text, [document, before, after]) => {
      const yaml = `variables: { v: ${JSON.stringify(text)} }\nrequests: { it: { post: https://a.example/, xml: ${JSON.stringify(document)} } }`;
      const written = bodyText(resolved(yaml));
      const read = await readXml(written, () => Promise.resolve());
      assert.ok(read.ok, `${written}: ${read.ok ? '' : read.problem}`);
      const element = elementOf(read.value);
      assert.deepEqual(
        element.attributes.map((each) => each.value),
        [text, `x${text}`],
        written,
      );
      assert.equal(textOf(element), before + text + after, written);
    }),
    { numRuns: 500 },
  );
});

function elementOf({ root }: XmlDocument): XmlNode {
  const element = root.children.find(({ kind }) => kind === 'element');
  assert.ok(element);
  return element;
}

function textOf({ children }: XmlNode): string {
  return children.map((child) => child.value).join('');
}

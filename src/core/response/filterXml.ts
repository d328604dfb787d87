import { FULL_EFFORT } from '../effort';
import type { SecretMasker } from '../http/secretMasker';
import { evaluateXPath } from '../xml/selectXml';
import type { XmlDocument, XmlNode } from '../xml/xmlNode';
import type { XPathExpression } from '../xml/xpathExpression';
import { isNodes, toText } from '../xml/xpathValues';
import { listedHits, type FilterOutcome } from './bodyFilter';

/** XML that was read, with its text: elements are listed as they came. */
export interface FilteredXml {
  readonly text: string;
  readonly document: XmlDocument;
}

/**
 * What an XPath finds, as a text: each element, comment and instruction as it came, texts and the values of attributes
 * decoded. Where there are only those, they are text; beside markup they are written as it wants them.
 */
export function filterXml(xml: FilteredXml, expression: XPathExpression, mask: SecretMasker): FilterOutcome {
  const found = evaluateXPath(expression, xml.document, FULL_EFFORT, (value, budget) =>
    isNodes(value) ? hits(xml, value, mask) : oneHit(mask(toText(value, budget))),
  );
  if (found.ok) return found.value;
  return found.isTooMuch ? { kind: 'tooMuch' } : { kind: 'failed', problem: found.problem };
}

function oneHit(text: string): FilterOutcome {
  return { kind: 'hits', language: 'text', text, count: 1, shown: 1 };
}

function hits({ text }: FilteredXml, nodes: readonly XmlNode[], mask: SecretMasker): FilterOutcome {
  const isMarkup = nodes.some((node) => !hasValue(node));
  // What is decoded may show what the references hid, and is masked before it is written with them again.
  const valueOf = ({ value }: XmlNode): string => (isMarkup ? escaped(mask(value)) : mask(value));
  const texts = listedHits(nodes, (node) => (hasValue(node) ? valueOf(node) : mask(text.slice(node.start, node.end))));
  const language = isMarkup ? 'xml' : 'text';
  return { kind: 'hits', language, text: texts.join('\n'), count: nodes.length, shown: texts.length };
}

function hasValue({ kind }: XmlNode): boolean {
  return kind === 'attribute' || kind === 'text';
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

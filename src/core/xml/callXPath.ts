import { stringValue, XPathFailure, type VisitBudget, type XPathContext } from './xpathEvaluation';
import { isNodes, toBoolean, toNumber, toText, type XPathValue } from './xpathValues';
import type { XmlNode } from './xmlNode';

/** Calls a function of XPath 1.0 §4; how many values it takes has been checked. */
export function callXPath(
  name: string,
  values: readonly XPathValue[],
  context: XPathContext,
  budget: VisitBudget,
): XPathValue {
  const [first = [context.node], second = '', third] = values;
  const text = (value: XPathValue): string => toText(value, budget);
  const number = (value: XPathValue): number => toNumber(value, budget);
  switch (name) {
    case 'last':
      return context.size;
    case 'position':
      return context.position;
    case 'true':
    case 'false':
      return name === 'true';
    case 'count':
      return nodes(first).length;
    case 'sum':
      return nodes(first).reduce((sum, node) => sum + number(stringValue(node, budget)), 0);
    case 'local-name':
      return nodes(first)[0]?.local ?? '';
    case 'namespace-uri':
      return nodes(first)[0]?.namespace ?? '';
    case 'name':
      return nodes(first)[0]?.name ?? '';
    case 'string':
      return text(first);
    case 'number':
      return number(first);
    case 'boolean':
      return toBoolean(first);
    case 'not':
      return !toBoolean(first);
    case 'lang':
      return hasLanguage(context.node, text(first));
    case 'floor':
      return Math.floor(number(first));
    case 'ceiling':
      return Math.ceil(number(first));
    case 'round':
      return Math.round(number(first));
    case 'concat':
      return limited(values.map(text).join(''));
    case 'starts-with':
      return text(first).startsWith(text(second));
    case 'contains':
      return text(first).includes(text(second));
    case 'substring-before': {
      const at = text(first).indexOf(text(second));
      return at < 0 ? '' : text(first).slice(0, at);
    }
    case 'substring-after': {
      const at = text(first).indexOf(text(second));
      return at < 0 ? '' : text(first).slice(at + text(second).length);
    }
    case 'substring':
      return substring(text(first), number(second), third === undefined ? Infinity : number(third));
    case 'string-length':
      return Array.from(text(first)).length;
    case 'normalize-space':
      return text(first).trim().replace(/\s+/g, ' ');
    case 'translate':
      return translate(text(first), text(second), text(third ?? ''));
    default:
      throw new XPathFailure(`there is no function ${name}`);
  }
}

function nodes(value: XPathValue): readonly XmlNode[] {
  if (isNodes(value)) return value;
  throw new XPathFailure('a value stands where a function wants nodes');
}

const LONGEST = 10_000_000;

function limited(text: string): string {
  if (text.length > LONGEST) throw new XPathFailure('a text that grows too long');
  return text;
}

/** Counts characters from 1, and rounds as the specification has it. */
function substring(text: string, start: number, length: number): string {
  const from = Math.round(start);
  const to = from + Math.round(length);
  return Array.from(text)
    .filter((_, index) => index + 1 >= from && index + 1 < to)
    .join('');
}

function translate(text: string, from: string, to: string): string {
  const replacements = new Map<string, string>();
  const targets = Array.from(to);
  for (const [index, character] of Array.from(from).entries()) {
    if (!replacements.has(character)) replacements.set(character, targets[index] ?? '');
  }
  return Array.from(text, (character) => replacements.get(character) ?? character).join('');
}

function hasLanguage(node: XmlNode, wanted: string): boolean {
  for (let at: XmlNode | undefined = node; at; at = at.parent) {
    const language = at.attributes.find(({ name }) => name === 'xml:lang')?.value.toLowerCase();
    if (language !== undefined)
      return language === wanted.toLowerCase() || language.startsWith(`${wanted.toLowerCase()}-`);
  }
  return false;
}

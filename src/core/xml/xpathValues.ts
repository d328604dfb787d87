import { stringValue, type VisitBudget } from './xpathEvaluation';
import type { XmlNode } from './xmlNode';

/** What an expression comes to; nodes are in the order of the document. */
export type XPathValue = readonly XmlNode[] | string | number | boolean;

export function isNodes(value: XPathValue): value is readonly XmlNode[] {
  return Array.isArray(value);
}

/** XPath 1.0 §4.2. */
export function toText(value: XPathValue, budget: VisitBudget): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : plainNumber(value);
  const [first] = value;
  return first ? stringValue(first, budget) : '';
}

/** No exponents in XPath. */
function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) >= 1) return BigInt(value).toString();
  const [, sign = '', whole = '', fraction = '', zeros = '1'] = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text) ?? [];
  return `${sign}0.${'0'.repeat(Number(zeros) - 1)}${whole}${fraction}`;
}

/** XPath 1.0 §4.4. */
export function toNumber(value: XPathValue, budget: VisitBudget): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value, budget).trim();
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : NaN;
}

/** XPath 1.0 §4.3. */
export function toBoolean(value: XPathValue): boolean {
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return typeof value === 'boolean' ? value : value.length > 0;
}

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** XPath 1.0 §3.4: of nodes it is enough that one of them compares. */
export function compareXPath(operator: Comparison, a: XPathValue, b: XPathValue, budget: VisitBudget): boolean {
  if (isNodes(a) && typeof b !== 'boolean') {
    return a.some((node) => compareXPath(operator, stringValue(node, budget), b, budget));
  }
  if (isNodes(b) && typeof a !== 'boolean') {
    return b.some((node) => compareXPath(operator, a, stringValue(node, budget), budget));
  }
  budget.take();
  if (operator === '=' || operator === '!=') return equal(a, b, budget) === (operator === '=');
  const [left, right] = [toNumber(flat(a), budget), toNumber(flat(b), budget)];
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Nodes beside a boolean count as one. */
function flat(value: XPathValue): XPathValue {
  return isNodes(value) ? toBoolean(value) : value;
}

function equal(a: XPathValue, b: XPathValue, budget: VisitBudget): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return toBoolean(a) === toBoolean(b);
  if (typeof a === 'number' || typeof b === 'number') return toNumber(a, budget) === toNumber(b, budget);
  return toText(a, budget) === toText(b, budget);
}

import { FULL_EFFORT, type Effort } from '../effort';
import { parseXPath } from './parseXPath';
import { stringValue, XPathEvaluation, TooManyNodes, XPathFailure, type VisitBudget } from './xpathEvaluation';
import type { XPathExpression } from './xpathExpression';
import { isNodes, type XPathValue } from './xpathValues';
import type { XmlDocument } from './xmlNode';

export type EvaluatedXPath<T> =
  | { readonly ok: true; readonly value: T }
  /** In a few words; `isTooMuch`: it was given up, and may mean something. */
  | { readonly ok: false; readonly problem: string; readonly isTooMuch: boolean };

/** The texts of the nodes, in the order of the document; or what an expression that gives no nodes comes to. */
export type SelectedXml = EvaluatedXPath<readonly string[] | string | number | boolean>;

/** Evaluates an XPath. Prefixes are those of the document; `_` stands for its default namespace. */
export function selectXml(path: string, document: XmlDocument, effort: Effort = FULL_EFFORT): SelectedXml {
  const parsed = parseXPath(path);
  if (!parsed.ok) return { ok: false, problem: parsed.problem, isTooMuch: false };
  return evaluateXPath(parsed.expression, document, effort, (value, budget) =>
    isNodes(value) ? value.map((node) => stringValue(node, budget)) : value,
  );
}

/**
 * The same for an expression that has been parsed.
 * @param use makes of what it comes to what is wanted, within the same effort.
 */
export function evaluateXPath<T>(
  expression: XPathExpression,
  document: XmlDocument,
  effort: Effort,
  use: (value: XPathValue, budget: VisitBudget) => T,
): EvaluatedXPath<T> {
  try {
    const evaluation = new XPathEvaluation(document, effort);
    return { ok: true, value: use(evaluation.evaluate(expression), evaluation.budget) };
  } catch (error) {
    if (!(error instanceof XPathFailure)) throw error;
    return { ok: false, problem: error.message, isTooMuch: error instanceof TooManyNodes };
  }
}

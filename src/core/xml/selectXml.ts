import { FULL_EFFORT, type Effort } from '../effort';
import { parseXPath } from './parseXPath';
import { stringValue, XPathEvaluation, XPathFailure } from './xpathEvaluation';
import { isNodes } from './xpathValues';
import type { XmlDocument } from './xmlNode';

export type SelectedXml =
  /** The texts of the nodes, in the order of the document; or what an expression that gives no nodes comes to. */
  | { readonly ok: true; readonly value: readonly string[] | string | number | boolean }
  | { readonly ok: false; readonly problem: string };

/** Evaluates an XPath. Prefixes are those of the document; `_` stands for its default namespace. */
export function selectXml(path: string, document: XmlDocument, effort: Effort = FULL_EFFORT): SelectedXml {
  const parsed = parseXPath(path);
  if (!parsed.ok) return { ok: false, problem: parsed.problem };
  try {
    const evaluation = new XPathEvaluation(document, effort);
    const value = evaluation.evaluate(parsed.expression);
    if (!isNodes(value)) return { ok: true, value };
    return { ok: true, value: value.map((node) => stringValue(node, evaluation.budget)) };
  } catch (error) {
    if (error instanceof XPathFailure) return { ok: false, problem: error.message };
    throw error;
  }
}

import type { Effort } from '../effort';
import type { NodeTest, XPathExpression, XPathStep } from './xpathExpression';
import { callXPath } from './callXPath';
import { compareXPath, isNodes, toBoolean, toNumber, type XPathValue } from './xpathValues';
import { nodesOnAxis } from './xpathAxes';
import type { XmlDocument, XmlNode } from './xmlNode';

/** Why an expression has no value, in a few words. */
export class XPathFailure extends Error {}

/** It looks at more nodes than it may. */
export class TooManyNodes extends XPathFailure {}

/** Nodes that one expression may look at. */
export class VisitBudget {
  #left: number;
  readonly #effort: Effort;

  constructor(effort: Effort) {
    this.#left = effort.nodes;
    this.#effort = effort;
  }

  take(count = 1): void {
    this.#left -= count;
    if (this.#left >= 0) return;
    this.#effort.onExceeded();
    throw new TooManyNodes('too much to look through for this path');
  }
}

/** Where an expression is evaluated (XPath 1.0 §1). */
export interface XPathContext {
  readonly node: XmlNode;
  /** From 1. */
  readonly position: number;
  readonly size: number;
}

/** Evaluates expressions over one document. */
export class XPathEvaluation {
  readonly budget: VisitBudget;
  readonly #document: XmlDocument;

  constructor(document: XmlDocument, effort: Effort) {
    this.budget = new VisitBudget(effort);
    this.#document = document;
  }

  evaluate(
    expression: XPathExpression,
    context: XPathContext = { node: this.#document.root, position: 1, size: 1 },
  ): XPathValue {
    this.budget.take();
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'negate':
        return -toNumber(this.evaluate(expression.operand, context), this.budget);
      case 'binary':
        return this.#binary(expression, context);
      case 'call': {
        const { name, values } = expression;
        return callXPath(
          name,
          values.map((value) => this.evaluate(value, context)),
          context,
          this.budget,
        );
      }
      case 'filter': {
        const nodes = this.#nodes(expression.base, context);
        return this.#filtered(nodes, expression.predicates);
      }
      case 'path': {
        const { start, steps } = expression;
        if (start === 'root') return this.#walk([this.#document.root], steps);
        return this.#walk(start === 'here' ? [context.node] : this.#nodes(start, context), steps);
      }
    }
  }

  #nodes(expression: XPathExpression, context: XPathContext): readonly XmlNode[] {
    const value = this.evaluate(expression, context);
    if (!isNodes(value)) throw new XPathFailure('a value stands where the path wants nodes');
    return value;
  }

  #binary({ operator, left, right }: XPathExpression & { readonly kind: 'binary' }, context: XPathContext): XPathValue {
    const { budget } = this;
    if (operator === 'or' || operator === 'and') {
      const first = toBoolean(this.evaluate(left, context));
      return first === (operator === 'or') ? first : toBoolean(this.evaluate(right, context));
    }
    if (operator === '|') return inOrder([...this.#nodes(left, context), ...this.#nodes(right, context)]);
    const [a, b] = [this.evaluate(left, context), this.evaluate(right, context)];
    switch (operator) {
      case '+':
        return toNumber(a, budget) + toNumber(b, budget);
      case '-':
        return toNumber(a, budget) - toNumber(b, budget);
      case '*':
        return toNumber(a, budget) * toNumber(b, budget);
      case 'div':
        return toNumber(a, budget) / toNumber(b, budget);
      case 'mod':
        return toNumber(a, budget) % toNumber(b, budget);
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return compareXPath(operator, a, b, budget);
    }
  }

  #walk(start: readonly XmlNode[], steps: readonly XPathStep[]): readonly XmlNode[] {
    let nodes = start;
    for (const step of steps) {
      const found: XmlNode[] = [];
      for (const node of nodes) for (const next of this.#step(step, node)) found.push(next);
      nodes = inOrder(found);
    }
    return nodes;
  }

  #step({ axis, test, predicates }: XPathStep, from: XmlNode): readonly XmlNode[] {
    const found: XmlNode[] = [];
    for (const node of nodesOnAxis(axis, from)) {
      this.budget.take();
      if (this.#passes(node, test, axis === 'attribute' ? 'attribute' : 'element')) found.push(node);
    }
    return this.#filtered(found, predicates);
  }

  /** Positions are counted in the direction of the axis, which is the order the nodes come in. */
  #filtered(nodes: readonly XmlNode[], predicates: readonly XPathExpression[]): readonly XmlNode[] {
    let left = nodes;
    for (const predicate of predicates) {
      const size = left.length;
      left = left.filter((node, index) => {
        const value = this.evaluate(predicate, { node, position: index + 1, size });
        return typeof value === 'number' ? value === index + 1 : toBoolean(value);
      });
    }
    return left;
  }

  #passes(node: XmlNode, test: NodeTest, principal: 'attribute' | 'element'): boolean {
    switch (test.kind) {
      case 'node':
        return true;
      case 'text':
      case 'comment':
        return node.kind === test.kind;
      case 'processing-instruction':
        return node.kind === 'instruction' && (test.target === undefined || test.target === node.name);
      case 'name':
        return node.kind === principal && this.#hasName(node, test.prefix, test.local);
    }
  }

  #hasName(node: XmlNode, prefix: string | undefined, local: string): boolean {
    if (prefix === undefined) return local === '*' || (node.local === local && node.namespace === '');
    const uri = this.#document.namespaces.get(prefix);
    if (uri === undefined) throw new XPathFailure(`the document does not declare the prefix ${prefix}`);
    return node.namespace === uri && (local === '*' || node.local === local);
  }
}

/** Each node once, in the order of the document. */
function inOrder(nodes: readonly XmlNode[]): readonly XmlNode[] {
  let sorted = true;
  for (let index = 1; index < nodes.length && sorted; index++) {
    sorted = (nodes[index - 1]?.order ?? 0) < (nodes[index]?.order ?? 0);
  }
  return sorted ? nodes : [...new Set(nodes)].sort((a, b) => a.order - b.order);
}

/** XPath 1.0 §5: the text of an element is all text in it. */
export function stringValue(node: XmlNode, budget: VisitBudget): string {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  let text = '';
  for (const below of nodesOnAxis('descendant', node)) {
    budget.take();
    if (below.kind !== 'text') continue;
    budget.take(below.value.length >> 4);
    text += below.value;
  }
  return text;
}

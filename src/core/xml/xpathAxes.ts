import type { XPathAxis } from './xpathExpression';
import type { XmlNode } from './xmlNode';

/** The nodes on an axis (XPath 1.0 §2.2), nearest first. */
export function nodesOnAxis(axis: XPathAxis, node: XmlNode): Iterable<XmlNode> {
  switch (axis) {
    case 'self':
      return [node];
    case 'child':
      return node.children;
    case 'attribute':
      return node.attributes;
    case 'parent':
      return node.parent ? [node.parent] : [];
    case 'ancestor':
      return ancestors(node.parent);
    case 'ancestor-or-self':
      return ancestors(node);
    case 'descendant':
      return descendants(node);
    case 'descendant-or-self':
      return withItself(node);
    case 'following-sibling':
      return siblings(node).after;
    case 'preceding-sibling':
      return siblings(node).before;
    case 'following':
      return following(node);
    case 'preceding':
      return preceding(node);
  }
}

function* ancestors(node: XmlNode | undefined): Generator<XmlNode> {
  for (let at = node; at; at = at.parent) yield at;
}

function* descendants(top: XmlNode): Generator<XmlNode> {
  const waiting = top.children.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) waiting.push(child);
    }
  }
}

function* withItself(node: XmlNode): Generator<XmlNode> {
  yield node;
  yield* descendants(node);
}

function siblings(node: XmlNode): { readonly before: readonly XmlNode[]; readonly after: readonly XmlNode[] } {
  const all = node.kind === 'attribute' ? [] : (node.parent?.children ?? []);
  const index = all.findIndex(({ order }) => order === node.order);
  return { before: all.slice(0, Math.max(0, index)).toReversed(), after: all.slice(index + 1) };
}

function* following(node: XmlNode): Generator<XmlNode> {
  const start = node.kind === 'attribute' ? node.parent : node;
  if (start && node.kind === 'attribute') yield* descendants(start);
  for (let at = start; at; at = at.parent) for (const sibling of siblings(at).after) yield* withItself(sibling);
}

function* preceding(node: XmlNode): Generator<XmlNode> {
  const start = node.kind === 'attribute' ? node.parent : node;
  for (let at = start; at; at = at.parent) {
    for (const sibling of siblings(at).before) yield* [...withItself(sibling)].reverse();
  }
}

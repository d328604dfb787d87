import type { XmlDocument, XmlNode } from './xmlNode';

/** An XPath that selects this element of the document and no other, with the prefixes that `selectXml` knows. */
export function xpathTo(element: XmlNode, { namespaces }: XmlDocument): string {
  const steps: string[] = [];
  for (let node = element; node.parent; node = node.parent) steps.unshift(step(node, node.parent, namespaces));
  return `/${steps.join('/')}`;
}

function step(node: XmlNode, parent: XmlNode, namespaces: ReadonlyMap<string, string>): string {
  const name = nameTest(node, namespaces);
  const siblings = parent.children.filter(
    ({ kind, local, namespace }) =>
      kind === 'element' && (name === '*' || (local === node.local && namespace === node.namespace)),
  );
  return siblings.length > 1 ? `${name}[${siblings.indexOf(node) + 1}]` : name;
}

/** A prefix may stand for one namespace here and another there; only its first one can be named. */
function nameTest({ name, local, namespace }: XmlNode, namespaces: ReadonlyMap<string, string>): string {
  if (namespace === '') return local;
  const own = name.includes(':') ? name.slice(0, name.indexOf(':')) : '_';
  if (namespaces.get(own) === namespace) return `${own}:${local}`;
  const other = [...namespaces].find(([, uri]) => uri === namespace)?.[0];
  return other === undefined ? '*' : `${other}:${local}`;
}

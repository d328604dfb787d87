import { LatchkeyError } from '../errors';
import { readXml } from '../xml/readXml';
import type { XmlNode } from '../xml/xmlNode';
import { xpathTo } from '../xml/xpathTo';
import type { BodyView } from './bodyView';
import { indexXml, type XmlLines } from './xmlLines';
import { xmlNodeAt, type XmlNodeAt } from './xmlNodeAt';

/**
 * The element or comment that a line of pretty XML begins with or is in, as it is shown, or the XPath of the element
 * that it is, or is in. `undefined`: there is no such line.
 * @throws LatchkeyError `response.xmlUnreadable`, `response.noElement`: there is no XPath.
 */
export async function copiedXml(
  view: BodyView,
  line: number,
  what: 'path' | 'value',
  pause: () => Promise<void>,
): Promise<string | undefined> {
  const text = await view.text('raw');
  const lines = await indexXml(text, pause);
  const start = lines?.startOf(line - 1);
  if (!lines || start === undefined) return undefined;
  const node = xmlNodeAt(text, start);
  if (what === 'value') return node ? shown(lines, line - 1, node) : lines.text(line - 1);
  if (node?.element === undefined) throw new LatchkeyError('response.noElement', { line });
  const read = await readXml(text, pause);
  if (!read.ok)
    throw new LatchkeyError('response.xmlUnreadable', { line: lines.lineAt(read.at) + 1, problem: read.problem });
  const element = elementAt(read.value.root, node.element);
  return element && xpathTo(element, read.value);
}

/** The lines of a node without the indentation of the first, and without what stands beside it. */
function shown(lines: XmlLines, at: number, { start, end }: XmlNodeAt): string {
  let first = at;
  while (first > 0 && (lines.endOf(first - 1) ?? 0) > start) first--;
  const texts: string[] = [];
  for (let line = first; (lines.startOf(line) ?? end) < end; line++) {
    const own = lines.text(line);
    const before = Math.max(0, start - (lines.startOf(line) ?? 0));
    const after = Math.max(0, (lines.endOf(line) ?? 0) - end);
    const indent = Math.max(0, lines.indent(line) - lines.indent(first));
    texts.push(' '.repeat(indent) + own.slice(before, own.length - after));
  }
  return texts.join('\n');
}

function elementAt(root: XmlNode, start: number): XmlNode | undefined {
  let node: XmlNode | undefined = root;
  while (node && (node.kind !== 'element' || node.start < start)) {
    node = node.children.find((child) => child.start <= start && start < child.end);
  }
  return node;
}

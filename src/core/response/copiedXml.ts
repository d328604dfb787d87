import { readXml } from '../xml/readXml';
import type { XmlNode } from '../xml/xmlNode';
import { xpathTo } from '../xml/xpathTo';
import type { BodyView } from './bodyView';
import type { CopiedNode } from './copiedNode';
import { indexXml } from './xmlLines';
import { xmlTokens } from './xmlTokens';

/** What begins on a line of pretty XML, as it is shown, or the XPath of the element that it is, or is in. */
export async function copiedXml(
  view: BodyView,
  line: number,
  what: 'path' | 'value',
  pause: () => Promise<void>,
): Promise<CopiedNode> {
  const text = what === 'value' ? await shownLines(view, line) : await pathOf(await view.text('raw'), line, pause);
  return text === undefined ? { kind: 'none' } : { kind: 'text', text };
}

async function shownLines(view: BodyView, line: number): Promise<string | undefined> {
  const lines = (await view.text('pretty')).split('\n');
  const first = lines[line - 1];
  if (first === undefined) return undefined;
  const { endLine } = view.nodes?.().find((node) => node.line === line) ?? { endLine: line };
  const indent = first.length - first.trimStart().length;
  const own = lines.slice(line - 1, endLine).map((each) => each.slice(indent));
  return own.join('\n');
}

async function pathOf(text: string, line: number, pause: () => Promise<void>): Promise<string | undefined> {
  const start = (await indexXml(text, pause))?.startOf(line - 1);
  const number = start === undefined ? undefined : elementAt(text, start);
  const document = number === undefined ? undefined : await readXml(text, pause);
  if (number === undefined || !document?.ok) return undefined;
  const element = nthElement(document.value.root, number);
  return element && xpathTo(element, document.value);
}

/** The number, in the order of the document, of the element that begins at a place, or else is open there. */
function elementAt(text: string, place: number): number | undefined {
  const open: number[] = [];
  let count = 0;
  for (const token of xmlTokens(text)) {
    if (!token || token.start > place) break;
    if (token.start === place && token.kind === 'empty') return count;
    if (token.kind === 'start') open.push(count);
    if (token.kind === 'start' || token.kind === 'empty') count++;
    // An end tag belongs to what it ends.
    if (token.kind === 'end' && token.start < place) open.pop();
  }
  return open.at(-1);
}

function nthElement(root: XmlNode, number: number): XmlNode | undefined {
  const waiting = [root];
  let left = number;
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'element' && left-- === 0) return node;
    for (const child of node.children.toReversed()) waiting.push(child);
  }
  return undefined;
}
